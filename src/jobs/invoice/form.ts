import { field, idOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { speak } from '../../language.ts'
import type { Fields, Form, FormView } from '../../queue/kind.ts'
import { editLines, linesIn } from './line-fields.ts'

/** How many empty lines a new form shows. */
const firstLines = 3

/** The form of an invoice. Lines are added and removed by buttons that work without JavaScript, too. */
export const form: Form = { fields, read, edit: editLines }

function fields(view: FormView): Html {
  const t = speak(view.language)
  return html`<fieldset><legend>${t('請求書', 'Invoice')}</legend>
<div class="grid">${header(view)}</div></fieldset>
<fieldset><legend>${t('請求先', 'Bill to')}</legend><div class="grid">${recipient(view)}</div></fieldset>
<fieldset><legend>${t('発行者', 'From')}</legend><div class="grid">${issuer(view)}</div></fieldset>
<fieldset class="lines"><legend>${t('明細', 'Lines')}</legend>${lineRows(view)}</fieldset>
<fieldset><legend>${t('支払いと備考', 'Payment and notes')}</legend><div class="grid">${closing(view)}</div></fieldset>`
}

function header(view: FormView): Html {
  const t = speak(view.language)
  return html`${field(view, { name: 'number', label: t('請求書番号', 'Invoice number'), span: 12, placeholder: '2026-001' })}
${field(view, { name: 'issuedOn', label: t('発行日', 'Issue date'), type: 'date', span: 4 })}
${field(view, { name: 'transactionOn', label: t('取引年月日', 'Transaction date'), type: 'date', span: 4 })}
${field(view, { name: 'dueOn', label: t('お支払期限', 'Due date'), type: 'date', optional: true, span: 4 })}`
}

function recipient(view: FormView): Html {
  const t = speak(view.language)
  const honorifics: [string, string][] = [
    ['御中', t('御中（会社・団体）', '御中 (company)')],
    ['様', t('様（個人）', '様 (person)')]
  ]
  return html`${field(view, { name: 'recipient.name', label: t('宛名', 'Name'), span: 8 })}
${field(view, { name: 'recipient.honorific', label: t('敬称', 'Honorific'), span: 4, options: honorifics })}
${field(view, { name: 'recipient.postalCode', label: t('郵便番号', 'Postal code'), optional: true, span: 4, placeholder: '100-0001' })}
${field(view, { name: 'recipient.address', label: t('住所', 'Address'), optional: true, rows: 2, span: 8 })}`
}

function issuer(view: FormView): Html {
  const t = speak(view.language)
  const hint = t('「T」と13桁の数字', '“T” and 13 digits')
  return html`${field(view, { name: 'issuer.name', label: t('会社名・氏名', 'Name'), span: 8, autocomplete: 'organization' })}
${field(view, { name: 'issuer.registrationNumber', label: t('登録番号', 'Registration number'), hint, span: 4, placeholder: 'T1234567890123' })}
${field(view, { name: 'issuer.postalCode', label: t('郵便番号', 'Postal code'), optional: true, span: 4, autocomplete: 'postal-code' })}
${field(view, { name: 'issuer.address', label: t('住所', 'Address'), rows: 2, span: 8, autocomplete: 'street-address' })}
${field(view, { name: 'issuer.phone', label: t('電話番号', 'Phone'), type: 'tel', optional: true, span: 4, autocomplete: 'tel' })}`
}

function lineRows(view: FormView): Html {
  const t = speak(view.language)
  const count = linesIn(view.values).length || firstLines
  const problem = view.problems.find(({ path }) => path === 'lines')
  const rows = Array.from({ length: count }, (_, index) => lineRow(view, index, count > 1))
  return html`<div id="${idOf('lines')}" tabindex="-1">
${problem && html`<p class="error">${problem.sentence[view.language]}</p>`}
<div class="rows">${rows}</div>
<p><button type="submit" name="action" value="add-line" data-add-row>${t('＋ 行を追加', '＋ Add a line')}</button></p>
</div>`
}

function lineRow(view: FormView, index: number, isRemovable: boolean): Html {
  const t = speak(view.language)
  const name = (cell: string) => `lines.${index}.${cell}`
  const rates: [string, string][] = [
    ['10', '10%'],
    ['8', t('8%（軽減）', '8% (reduced)')],
    ['0', t('0%（対象外）', '0% (exempt)')]
  ]
  const isLabelHidden = index > 0
  return html`<div class="row grid" role="group" aria-label="${t(`${index + 1}行目`, `Line ${index + 1}`)}">
${field(view, { name: name('description'), label: t('摘要', 'Description'), span: 4, isLabelHidden })}
${field(view, { name: name('quantity'), label: t('数量', 'Quantity'), inputmode: 'decimal', span: 2, isLabelHidden })}
${field(view, { name: name('unit'), label: t('単位', 'Unit'), span: 1, isLabelHidden })}
${field(view, { name: name('unitPrice'), label: t('単価（税抜）', 'Unit price, before tax'), inputmode: 'numeric', span: 2, isLabelHidden })}
${field(view, { name: name('taxRate'), label: t('税率', 'Tax'), options: rates, span: 2, isLabelHidden })}
<div class="field span-1 remove">${
    isRemovable &&
    html`<button type="submit" name="action" value="remove-line-${index}" data-remove-row aria-label="${t(`${index + 1}行目を削除`, `Remove line ${index + 1}`)}">×</button>`
  }</div>
</div>`
}

function closing(view: FormView): Html {
  const t = speak(view.language)
  const roundings: [string, string][] = [
    ['floor', t('切り捨て', 'Round down')],
    ['round', t('四捨五入', 'Round half up')],
    ['ceil', t('切り上げ', 'Round up')]
  ]
  return html`${field(view, { name: 'rounding', label: t('端数処理', 'Fractions of a yen'), options: roundings, span: 4 })}
${field(view, { name: 'bank', label: t('お振込先', 'Bank details'), optional: true, rows: 2, span: 12 })}
${field(view, { name: 'note', label: t('備考', 'Note'), optional: true, rows: 3, span: 12 })}`
}

function read(values: Fields) {
  const part = (prefix: string) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => name.startsWith(`${prefix}.`))
        .map(([name, value]) => [name.slice(prefix.length + 1), value])
    )
  const { number, issuedOn, transactionOn, dueOn, rounding, bank, note } = values
  return {
    ...{ number, issuedOn, transactionOn, dueOn, rounding, bank, note },
    issuer: part('issuer'),
    recipient: part('recipient'),
    lines: linesIn(values)
  }
}
