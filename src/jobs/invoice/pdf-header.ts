import { type Language, speak } from '../../language.ts'
import type { Drawing } from '../../pdf/document.ts'
import { type Totals, yen } from './amounts.ts'
import { accent, date, firstTop, hairline, left, paragraph, right, soft, tint } from './pdf-page.ts'
import type { Invoice } from './schema.ts'

const columnWidth = 270
const issuerLeft = 350
const issuerWidth = right - issuerLeft

/** Title, recipient, issuer, dates and the amount due; gives where the table may begin. */
export function drawHeader(drawing: Drawing, invoice: Invoice, totals: Totals, language: Language) {
  const t = speak(language)
  drawing.text(left, firstTop, t('請求書', 'Invoice'), { size: 26, weight: 'bold', colour: accent })
  drawing.rule(left, firstTop + 12, right - left, 1.5, accent)
  const recipientEnd = drawRecipient(drawing, invoice, firstTop + 48)
  const issuerEnd = drawIssuer(drawing, invoice, language, drawFacts(drawing, invoice, language))
  const greeting = t(
    '下記のとおりご請求申し上げます。',
    'We kindly ask you to pay the amount below.'
  )
  drawing.text(left, recipientEnd + 10, greeting, { size: 9.5, colour: soft })
  const y = Math.max(recipientEnd + 24, issuerEnd + 4)
  return drawAmountDue(drawing, invoice, totals, language, y)
}

function drawRecipient(drawing: Drawing, { recipient }: Invoice, top: number): number {
  const { name, honorific, postalCode, address } = recipient
  const lines = drawing.wrap(`${name} ${honorific}`, columnWidth, 15, 'bold')
  let y = paragraph(drawing, lines, { x: left, y: top, size: 15, leading: 21, weight: 'bold' })
  drawing.rule(left, y - 14, columnWidth, 0.75, accent)
  y += 2
  const place = [postalCode && `〒${postalCode}`, address].filter(Boolean).join('\n')
  if (place === '') return y
  return paragraph(drawing, drawing.wrap(place, columnWidth, 9.5), {
    x: left,
    y,
    size: 9.5,
    leading: 14.5
  })
}

/** Number and dates, right of the recipient; gives where the issuer begins. */
function drawFacts(drawing: Drawing, invoice: Invoice, language: Language): number {
  const t = speak(language)
  const facts: [string, string | undefined][] = [
    [t('請求書番号', 'Number'), invoice.number],
    [t('発行日', 'Issue date'), date(invoice.issuedOn, language)],
    [t('取引年月日', 'Transaction'), date(invoice.transactionOn, language)]
  ]
  let y = firstTop + 40
  for (const [name, value = ''] of facts) {
    drawing.text(issuerLeft, y, name, { size: 9, colour: soft })
    const lines = drawing.wrap(value, issuerWidth - 62, 9)
    y = paragraph(drawing, lines, { x: right, y, size: 9, leading: 14.5, align: 'right' })
  }
  return y + 10
}

function drawIssuer(
  drawing: Drawing,
  { issuer }: Invoice,
  language: Language,
  top: number
): number {
  const t = speak(language)
  const name = drawing.wrap(issuer.name, issuerWidth, 11.5, 'bold')
  const after = paragraph(drawing, name, {
    ...{ x: issuerLeft, y: top, size: 11.5, leading: 16, weight: 'bold' }
  })
  const details = [
    issuer.postalCode && `〒${issuer.postalCode}`,
    issuer.address,
    issuer.phone && `${t('電話', 'Phone')} ${issuer.phone}`,
    `${t('登録番号', 'Registration number')} ${issuer.registrationNumber}`
  ]
  const lines = drawing.wrap(details.filter(Boolean).join('\n'), issuerWidth, 9)
  return paragraph(drawing, lines, { x: issuerLeft, y: after, size: 9, leading: 14 })
}

function drawAmountDue(
  drawing: Drawing,
  invoice: Invoice,
  { total }: Totals,
  language: Language,
  y: number
): number {
  const t = speak(language)
  const height = 44
  drawing.box(left, y, right - left, height, tint)
  drawing.box(left, y, 3, height, accent)
  drawing.text(left + 16, y + 27, t('ご請求金額（税込）', 'Amount due, tax included'), {
    size: 10.5
  })
  const amount = yen(total)
  const size = amount.length > 14 ? 15 : 20
  drawing.text(left + 300, y + 29, amount, { size, weight: 'bold', align: 'right' })
  if (!invoice.dueOn) return y + height + 22
  const due = `${t('お支払期限', 'Due')}  ${date(invoice.dueOn, language)}`
  drawing.text(right - 14, y + 27, due, { size: 10.5, align: 'right' })
  drawing.rule(right - 178, y + 12, 0.5, 20, hairline)
  return y + height + 22
}
