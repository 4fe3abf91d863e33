import { lineOf } from '../pdf/text/line.ts'
import { totalsOf, yen } from './amounts.ts'
import { column, drawFacts } from './fact.ts'
import { drawIssuer, drawRecipient } from './parties.ts'
import type { Invoice } from './schema.ts'
import { area, baseline, body, colours, type Sheet, type Type } from './sheet.ts'

/** White between title and parties, in points, and below the header. */
const space = 30
const afterGreeting = 8
const box = { height: 54, padding: 14 }

const title = { size: 25, leading: 30, weight: 'bold', colour: colours.accent } satisfies Type
const label = { size: 10, leading: 15, weight: 'bold', colour: colours.accent } satisfies Type
const amount = { size: 24, leading: 32, weight: 'bold', colour: colours.accent } satisfies Type

/** Title, numbers and dates; who pays whom; and how much. */
export function drawHeader(sheet: Sheet, invoice: Invoice) {
  const top = sheet.y
  const afterTitle = drawTitle(sheet, top)
  const afterFacts = drawFacts(sheet, factsOf(sheet, invoice), top + 3)
  const parties = Math.max(afterTitle, afterFacts) + space
  const afterRecipient = drawRecipient(sheet, invoice.recipient, parties)
  const afterIssuer = drawIssuer(sheet, invoice, parties)
  const greeting = Math.max(afterRecipient + space, afterIssuer + afterGreeting - body.leading)
  sheet.y = drawAmount(sheet, invoice, drawGreeting(sheet, greeting) + afterGreeting) + 24
}

function drawTitle(sheet: Sheet, top: number) {
  sheet.begin('H1')
  return sheet.stack([lineOf(sheet.t('請求書', 'Invoice'), title)], { x: area.left, top }, title)
}

function factsOf(sheet: Sheet, { number, issuedOn, transactionOn }: Invoice): [string, string][] {
  const { t } = sheet
  return [
    [t('請求書番号', 'Invoice no.'), number],
    [t('発行日', 'Issue date'), dayText(sheet, issuedOn)],
    [t('取引年月日', 'Transaction date'), dayText(sheet, transactionOn)]
  ]
}

function drawGreeting(sheet: Sheet, top: number) {
  const text = sheet.t(
    '下記のとおりご請求申し上げます。',
    'We kindly ask for payment as stated below.'
  )
  sheet.begin('P')
  return sheet.stack([lineOf(text, body)], { x: area.left, top }, body)
}

/** What is to be paid, and until when: the first thing that people look for. */
function drawAmount(sheet: Sheet, invoice: Invoice, top: number) {
  const { t } = sheet
  const { dueOn } = invoice
  const left = area.left + box.padding
  sheet.tint({ x: area.left, y: top, width: area.right - area.left, height: box.height })
  const lines = [lineOf(t('ご請求金額（税込）', 'Amount due (tax included)'), label)]
  const height = label.leading + (dueOn ? body.leading + 3 : 0)
  const first = top + (box.height - height) / 2
  sheet.begin('P')
  const second = sheet.stack(lines, { x: left, top: first }, label) + 3
  sheet.begin('P')
  const y = baseline(top, { ...amount, leading: box.height })
  const place = { x: area.right - box.padding, y, align: 'right' } as const
  sheet.fitted(yen(totalsOf(invoice).total), place, amount, place.x - column.left)
  if (dueOn) drawDueDate(sheet, dueOn, { x: left, top: second })
  return top + box.height
}

function drawDueDate(sheet: Sheet, dueOn: string, place: { x: number; top: number }) {
  const text = `${sheet.t('お支払期限', 'Due date')}  ${dayText(sheet, dueOn)}`
  sheet.begin('P')
  sheet.stack([lineOf(text, body)], place, body)
}

const days = {
  ja: new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

function dayText({ language }: Sheet, day: string) {
  return days[language].format(new Date(`${day}T00:00:00Z`))
}
