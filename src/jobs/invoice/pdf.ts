import { type Language, speak } from '../../language.ts'
import { type Drawing, openDocument } from '../../pdf/document.ts'
import { type Rendered, renderDocument } from '../../pdf/pool.ts'
import { totalsOf } from './amounts.ts'
import { drawFooters } from './pdf-footer.ts'
import { drawHeader } from './pdf-header.ts'
import { drawTable } from './pdf-table.ts'
import { drawClosing } from './pdf-totals.ts'
import { doubts } from './rules.ts'
import type { Invoice } from './schema.ts'

type Input = { invoice: Invoice; language: Language; createdAt: Date }

/** Makes the invoice in a thread of the pool. */
export async function renderInvoice(
  invoice: Invoice,
  { language, createdAt, signal }: Omit<Input, 'invoice'> & { signal: AbortSignal }
): Promise<Rendered> {
  return await renderDocument(new URL(import.meta.url), { invoice, language, createdAt }, signal)
}

/** Called in the thread: draws an A4 invoice of as many pages as it takes. */
export async function draw({ invoice, language, createdAt }: Input): Promise<Rendered> {
  const drawing = layOut({ invoice, language, createdAt })
  const warnings = [...doubts(invoice, language), ...unprintable(drawing, language)]
  return { bytes: await drawing.save(), warnings }
}

/** The invoice as pieces on pages, not yet painted. */
export function layOut({ invoice, language, createdAt }: Input): Drawing {
  const t = speak(language)
  const title = `${t('請求書', 'Invoice')} ${invoice.number}`
  const drawing = openDocument({ title, author: invoice.issuer.name, language, createdAt })
  const totals = totalsOf(invoice)
  const top = drawHeader(drawing, invoice, totals, language)
  const bottom = drawTable(drawing, invoice, totals, language, top)
  drawClosing(drawing, invoice, totals, language, bottom)
  drawFooters(drawing, invoice)
  return drawing
}

function unprintable({ missing }: Drawing, language: Language): string[] {
  if (missing.size === 0) return []
  const list = [...missing].join(' ')
  const t = speak(language)
  return [
    t(
      `次の文字は印刷できないため、〓で表しました: ${list}`,
      `These characters can't be printed and appear as 〓: ${list}`
    )
  ]
}
