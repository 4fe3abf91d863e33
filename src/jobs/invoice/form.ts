import { fieldsOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import {
  closingFields,
  honorifics,
  issuerFields,
  pictureFields,
  pictureFiles,
  registered
} from '../../invoice/fields.ts'
import { japanToday } from '../../japan-time.ts'
import { speak } from '../../language.ts'
import type { Fields, Form, FormView } from '../../queue/kind.ts'
import { rowList } from '../../row-list.ts'
import { editRows, rowsIn } from '../../rows.ts'
import { uploadIn } from '../../upload.ts'
import { lines } from './line-form.ts'
import { InvoiceOrder } from './schema.ts'

const input = fieldsOf(InvoiceOrder)

/** The form of an invoice. Lines are added and removed by buttons that work without JavaScript, too. */
export const form: Form = {
  files: pictureFiles,
  fields,
  read,
  edit: (values, action) => editRows(values, lines, action)
}

function fields(view: FormView): Html {
  const t = speak(view.language)
  return html`<fieldset><legend>${t('請求書', 'Invoice')}</legend>
<div class="grid">${header(view)}</div></fieldset>
<fieldset><legend>${t('請求先', 'Bill to')}</legend><div class="grid">${recipient(view)}</div></fieldset>
<fieldset><legend>${t('発行者', 'From')}</legend><div class="grid">${issuerFields(view, input)}</div></fieldset>
<fieldset><legend>${t('ロゴと印影', 'Logo and seal')}</legend><div class="grid">${pictureFields(view, input)}</div></fieldset>
<fieldset class="lines"><legend>${t('明細', 'Lines')}</legend>${rowList(view, lines)}</fieldset>
<fieldset><legend>${t('支払いと備考', 'Payment and notes')}</legend><div class="grid">${closingFields(view, input)}</div></fieldset>`
}

function header(view: FormView): Html {
  return html`${input(view, 'number', { placeholder: '2026-001' })}
${input(view, 'issuedOn', { type: 'date', span: 4, initial: japanToday() })}
${input(view, 'transactionOn', { type: 'date', span: 4 })}
${input(view, 'dueOn', { type: 'date', optional: true, span: 4 })}`
}

function recipient(view: FormView): Html {
  return html`${input(view, 'recipient.name', { span: 8 })}
${input(view, 'recipient.honorific', { span: 4, options: honorifics(view.language) })}
${input(view, 'recipient.postalCode', { optional: true, span: 4, placeholder: '100-0001' })}
${input(view, 'recipient.address', { optional: true, rows: 2, span: 8 })}`
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
    lines: rowsIn(values, 'lines')
  }
}
