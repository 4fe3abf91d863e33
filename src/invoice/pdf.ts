import { type Language, speak } from '../language.ts'
import { type Document, openDocument } from '../pdf/document.ts'
import { type Drawing, renderDocument } from '../pdf/pool.ts'
import type { Element } from '../pdf/structure.ts'
import { unprintable } from '../pdf/unprintable.ts'
import { totalsOf } from './amounts.ts'
import { drawHeader } from './header.ts'
import { drawRemarks } from './remarks.ts'
import { warningsAbout } from './rules.ts'
import type { Invoice } from './schema.ts'
import { drawFooters, openSheet } from './sheet.ts'
import { drawTable } from './table.ts'
import { drawTotals, totalsHeight } from './totals.ts'

type Wishes = { language: Language; createdAt: Date }
type Input = Wishes & { invoice: Invoice }

/** Makes the invoice as PDF, in a thread. The same invoice, language and time give the same bytes. */
export function renderInvoice(
  invoice: Invoice,
  { language, createdAt, signal }: Wishes & { signal?: AbortSignal }
): Promise<Drawing> {
  const input: Input = { invoice, language, createdAt }
  return renderDocument(new URL(import.meta.url), input, signal ? { signal } : {})
}

/** What the thread calls. */
export async function draw(input: Input): Promise<Drawing> {
  return renderedInvoice(input)
}

/** The same in the thread that one is in. */
export function renderedInvoice({ invoice, language, createdAt }: Input): Drawing {
  const t = speak(language)
  const title = `${t('請求書', 'Invoice')} ${invoice.number}`
  const { name: author } = invoice.issuer
  const document = openDocument({ title, language, author, createdAt, facts: factsOf(invoice) })
  const pages = drawInvoice(document, invoice, language)
  const warnings = warningsAbout(invoice).map(sentence => sentence[language])
  if (document.missing.size > 0) warnings.push(unprintable(document.missing, language))
  return { bytes: document.save(), pages, warnings }
}

/** What the law on books in electronic form wants to be searchable (電子帳簿保存法施行規則 第2条第6項第5号). */
function factsOf(invoice: Invoice) {
  const { transactionOn, recipient } = invoice
  return [
    { name: 'TransactionDate', label: '取引年月日', value: transactionOn },
    { name: 'TransactionAmount', label: '取引金額', value: String(totalsOf(invoice).total) },
    { name: 'Counterparty', label: '取引先', value: recipient.name }
  ]
}

/** Draws the invoice, as a part of `top`; returns the number of its pages. */
export function drawInvoice(
  document: Document,
  invoice: Invoice,
  language: Language,
  top: Element = document.top
): number {
  const sheet = openSheet(document, language, top)
  drawHeader(sheet, invoice)
  drawTable(sheet, invoice, totalsHeight(sheet, invoice))
  drawTotals(sheet, invoice)
  drawRemarks(sheet, invoice)
  drawFooters(sheet, invoice.number)
  return sheet.pages.length
}
