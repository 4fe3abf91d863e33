import { field } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { speak } from '../../language.ts'
import type { Fields, Form, FormView } from '../../queue/kind.ts'
import { editLines, linesIn } from './line-fields.ts'
import { lineRows } from './line-form.ts'

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
