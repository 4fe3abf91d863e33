import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import { totalsOf, yen } from './amounts.ts'
import type { Invoice } from './schema.ts'
import { area, baseline, body, colours, type Sheet, small, type Type } from './sheet.ts'

/** The right column, in points: facts and issuer. */
const column = { left: 350, width: area.right - 350 }
const labelWidth = 62
/** Width of the left column: recipient and amount. */
const width = 264

/** An address of more lines is set as running text, so that the header stays on the first page. */
const maxAddressLines = 8

const title = { size: 25, leading: 30, weight: 'bold', colour: colours.accent } satisfies Type
const addressee = { size: 14, leading: 20, weight: 'bold', colour: colours.ink } satisfies Type
const issuerName = { size: 10.5, leading: 16, weight: 'bold', colour: colours.ink } satisfies Type
const amount = { size: 24, leading: 32, weight: 'bold', colour: colours.accent } satisfies Type

/** Title, numbers and dates; then who pays how much, and who asks for it. */
export function drawHeader(sheet: Sheet, invoice: Invoice) {
  const top = sheet.y
  const afterTitle = drawTitle(sheet, top)
  const afterFacts = drawFacts(sheet, invoice, top + 3)
  const parties = Math.max(afterTitle, afterFacts) + 30
  const afterIssuer = drawIssuer(sheet, invoice.issuer, parties)
  const afterRecipient = drawRecipient(sheet, invoice.recipient, parties)
  const afterAmount = drawAmount(sheet, invoice, Math.max(afterRecipient + 22, parties + 80))
  sheet.y = Math.max(afterAmount, afterIssuer) + 30
}

function drawTitle(sheet: Sheet, top: number) {
  return sheet.stack([lineOf(sheet.t('請求書', 'Invoice'), title)], { x: area.left, top }, title)
}

function drawFacts(sheet: Sheet, invoice: Invoice, top: number) {
  const { t } = sheet
  const { number, issuedOn, transactionOn, dueOn } = invoice
  const facts: [string, string][] = [
    [t('請求書番号', 'Invoice no.'), number],
    [t('発行日', 'Issue date'), dayText(sheet, issuedOn)],
    [t('取引年月日', 'Transaction'), dayText(sheet, transactionOn)]
  ]
  if (dueOn) facts.push([t('お支払期限', 'Due date'), dayText(sheet, dueOn)])
  return facts.reduce((y, fact) => drawFact(sheet, fact, y) + 2, top)
}

/** A label and what it is about beside it; returns where they end. */
function drawFact(sheet: Sheet, [label, value]: [string, string], top: number) {
  sheet.text(label, { x: column.left, y: baseline(top, body) }, small)
  const lines = linesOf(value, body, column.width - labelWidth)
  return sheet.stack(lines, { x: column.left + labelWidth, top }, body)
}

function drawIssuer(sheet: Sheet, issuer: Invoice['issuer'], top: number) {
  const { name, phone, registrationNumber } = issuer
  const afterRole = drawRole(sheet, 'From', { x: column.left, top })
  const names = linesOf(name, issuerName, column.width)
  const afterName = sheet.stack(names, { x: column.left, top: afterRole }, issuerName) + 3
  const details = addressOf(issuer, column.width)
  if (phone) details.push(lineOf(`TEL ${phone}`, body))
  const afterDetails = sheet.stack(details, { x: column.left, top: afterName }, body)
  const label = sheet.t('登録番号', 'Reg. no.')
  return drawFact(sheet, [label, registrationNumber], afterDetails + 3)
}

function drawRecipient(sheet: Sheet, recipient: Invoice['recipient'], top: number) {
  const { name, honorific } = recipient
  const afterRole = drawRole(sheet, 'Bill to', { x: area.left, top })
  const address = addressOf(recipient, width)
  const afterAddress = sheet.stack(address, { x: area.left, top: afterRole }, body)
  const names = addressed(name, honorific)
  const end = sheet.stack(names, { x: area.left, top: afterAddress + 5 }, addressee) + 4
  sheet.rule(end, colours.ink, { to: area.left + width })
  return end
}

/** In Japanese the place of a party and its honorific say which one it is. */
function drawRole(sheet: Sheet, role: string, place: { x: number; top: number }) {
  return sheet.stack(sheet.language === 'en' ? [lineOf(role, small)] : [], place, small)
}

/** The honorific follows the name, or stands below it; it is never torn apart. */
function addressed(name: string, honorific: string): TextLine[] {
  const alone = linesOf(name, addressee, width)
  const together = linesOf(`${name} ${honorific}`, addressee, width)
  return together.length === alone.length ? together : [...alone, lineOf(honorific, addressee)]
}

function addressOf({ postalCode, address = '' }: Party, width: number): TextLine[] {
  const lines = linesOf(address, body, width)
  const isLong = lines.length > maxAddressLines
  const short = isLong ? linesOf(address.replaceAll('\n', ' '), body, width) : lines
  return [...(postalCode ? [lineOf(`〒${postalCode}`, body)] : []), ...(address ? short : [])]
}
type Party = { postalCode?: string; address?: string }

function drawAmount(sheet: Sheet, invoice: Invoice, top: number) {
  const { t } = sheet
  const greeting = t(
    '下記のとおりご請求申し上げます。',
    'We kindly ask for payment as stated below.'
  )
  const afterGreeting = sheet.stack([lineOf(greeting, body)], { x: area.left, top }, body) + 14
  const label = t('ご請求金額（税込）', 'Amount due (tax included)')
  const heading = { ...body, weight: 'bold' } satisfies Type
  const afterLabel = sheet.stack(
    [lineOf(label, heading)],
    { x: area.left, top: afterGreeting },
    heading
  )
  const place = { x: area.left, y: baseline(afterLabel, amount) }
  sheet.fitted(yen(totalsOf(invoice).total), place, amount, width)
  const end = afterLabel + amount.leading + 4
  sheet.rule(end, colours.accent, { to: area.left + width, width: 1.5 })
  return end
}

const days = {
  ja: new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

function dayText({ language }: Sheet, day: string) {
  return days[language].format(new Date(`${day}T00:00:00Z`))
}
