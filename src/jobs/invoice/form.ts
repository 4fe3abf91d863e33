import { fieldsOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { faultIn, mostBytes } from '../../invoice/picture.ts'
import { speak } from '../../language.ts'
import type { Fields, FileRule, Form, FormView } from '../../queue/kind.ts'
import { narrowText } from '../../text.ts'
import { uploadIn } from '../../upload.ts'
import { editLines, linesIn } from './line-fields.ts'
import { lineRows } from './line-form.ts'
import { InvoiceOrder } from './schema.ts'

const input = fieldsOf(InvoiceOrder)
const picture: FileRule = { most: mostBytes, accept: 'image/png,image/jpeg', check: faultIn }

/** The form of an invoice. Lines are added and removed by buttons that work without JavaScript, too. */
export const form: Form = {
  files: { logo: picture, seal: picture },
  fields,
  read,
  edit: editLines
}

function fields(view: FormView): Html {
  const t = speak(view.language)
  return html`<fieldset><legend>${t('請求書', 'Invoice')}</legend>
<div class="grid">${header(view)}</div></fieldset>
<fieldset><legend>${t('請求先', 'Bill to')}</legend><div class="grid">${recipient(view)}</div></fieldset>
<fieldset><legend>${t('発行者', 'From')}</legend><div class="grid">${issuer(view)}</div></fieldset>
<fieldset><legend>${t('ロゴと印影', 'Logo and seal')}</legend><div class="grid">${pictures(view)}</div></fieldset>
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

function pictures(view: FormView): Html {
  const t = speak(view.language)
  const form = t('PNGかJPEG、2 MBまで。', 'PNG or JPEG, up to 2 MB.')
  const over = t('社名に重ねて印刷します。', 'Printed over the name.')
  const about = { file: picture, optional: true }
  return html`${input(view, 'logo', { ...about, hint: form })}
${input(view, 'seal', { ...about, hint: `${form}${t('', ' ')}${over}` })}`
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
${input(view, 'paymentUrl', { optional: true, placeholder: 'https://', hint: t('QRコードにして印刷します。', 'Printed as a QR code, too.') })}
${input(view, 'note', { optional: true, rows: 3 })}`
}

function read(values: Fields) {
  const part = (prefix: string) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => name.startsWith(`${prefix}.`))
        .map(([name, value]) => [name.slice(prefix.length + 1), value])
    )
  const { number, issuedOn, transactionOn, dueOn, rounding, bank, paymentUrl, note } = values
  return {
    ...{ number, issuedOn, transactionOn, dueOn, rounding, bank, paymentUrl, note },
    ...{ logo: uploadIn(values, 'logo'), seal: uploadIn(values, 'seal') },
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
