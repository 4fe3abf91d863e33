import { fieldsOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { Invoice } from '../../invoice/schema.ts'
import { speak } from '../../language.ts'
import type { Fields, Form, FormView } from '../../queue/kind.ts'
import { narrowText } from '../../text.ts'
import { editLines, linesIn } from './line-fields.ts'
import { lineRows } from './line-form.ts'

const input = fieldsOf(Invoice)

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
  return html`${input(view, 'number', { placeholder: '2026-001' })}
${input(view, 'issuedOn', { type: 'date', span: 4 })}
${input(view, 'transactionOn', { type: 'date', span: 4 })}
${input(view, 'dueOn', { type: 'date', optional: true, span: 4 })}`
}

function recipient(view: FormView): Html {
  const t = speak(view.language)
  const honorifics: [string, string][] = [
    ['御中', t('御中（会社・団体）', '御中 (company)')],
    ['様', t('様（個人）', '様 (person)')]
  ]
  return html`${input(view, 'recipient.name', { span: 8 })}
${input(view, 'recipient.honorific', { span: 4, options: honorifics })}
${input(view, 'recipient.postalCode', { optional: true, span: 4, placeholder: '100-0001' })}
${input(view, 'recipient.address', { optional: true, rows: 2, span: 8 })}`
}

function issuer(view: FormView): Html {
  const hint = speak(view.language)('「T」と13桁の数字', '“T” and 13 digits')
  const number = { hint, span: 4, placeholder: 'T9234567890123' }
  return html`${input(view, 'issuer.name', { span: 8, autocomplete: 'organization' })}
${input(view, 'issuer.registrationNumber', number)}
${input(view, 'issuer.postalCode', { optional: true, span: 4, autocomplete: 'postal-code' })}
${input(view, 'issuer.address', { rows: 2, span: 8, autocomplete: 'street-address' })}
${input(view, 'issuer.phone', { type: 'tel', optional: true, span: 4, autocomplete: 'tel' })}`
}

function closing(view: FormView): Html {
  const t = speak(view.language)
  const roundings: [string, string][] = [
    ['floor', t('切り捨て', 'Round down')],
    ['round', t('四捨五入', 'Round half up')],
    ['ceil', t('切り上げ', 'Round up')]
  ]
  return html`${input(view, 'rounding', { options: roundings, span: 4 })}
${input(view, 'bank', { optional: true, rows: 2 })}
${input(view, 'note', { optional: true, rows: 3 })}`
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
    issuer: registered(part('issuer')),
    recipient: part('recipient'),
    lines: linesIn(values)
  }
}

/** The number as it is often copied, `t9-2345-6789-0123`, is understood. */
function registered({ registrationNumber = '', ...issuer }: Fields): Fields {
  const digits = narrowText(registrationNumber).toUpperCase().replace(/[\s-]/g, '')
  return { ...issuer, registrationNumber: digits }
}
