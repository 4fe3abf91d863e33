import { drawInvoice, renderedInvoice } from '../../invoice/pdf.ts'
import type { Pictures } from '../../invoice/picture-upload.ts'
import type { Invoice } from '../../invoice/schema.ts'
import type { Language } from '../../language.ts'
import { openDocument } from '../../pdf/document.ts'
import { openPart, type Part } from '../../pdf/part.ts'
import { type Drawing, renderDocument } from '../../pdf/pool.ts'
import { openReader, type RowProblem } from './row.ts'
import type { MailMerge } from './schema.ts'
import type { Row } from './table.ts'

/** What all rows of a job have in common. */
export type Common = {
  order: MailMerge
  header: string[]
  pictures: Pictures
  language: Language
  createdAt: Date
}

type Input = Common & { rows: Row[]; as: 'part' | 'files' }

/** Rows drawn as pages of the merged document, or each as a file of its own. */
type Batch = Drawing & { problems: RowProblem[]; missing: string[] }
export type PartBatch = Batch & { part: Omit<Part, 'bytes'> }
export type FileBatch = Batch & { files: { name: string; length: number }[] }

/** Draws some rows in a thread, as pages of one document. */
export function drawPart(common: Common, rows: Row[], signal: AbortSignal): Promise<PartBatch> {
  const input: Input = { ...common, rows, as: 'part' }
  return renderDocument<PartBatch>(new URL(import.meta.url), input, { signal })
}

/** Draws some rows in a thread, each as a document of its own; `bytes` has them one after the other. */
export function drawFiles(common: Common, rows: Row[], signal: AbortSignal): Promise<FileBatch> {
  const input: Input = { ...common, rows, as: 'files' }
  return renderDocument<FileBatch>(new URL(import.meta.url), input, { signal })
}

/** What the thread calls. */
export async function draw(input: Input): Promise<PartBatch | FileBatch> {
  const read = openReader(input.order, input.header)
  const good: [Row, Invoice][] = []
  const problems: RowProblem[] = []
  for (const row of input.rows) {
    const reading = read(row)
    if ('invoice' in reading) good.push([row, { ...reading.invoice, ...input.pictures }])
    else problems.push(...reading.problems)
  }
  return { ...(input.as === 'part' ? asPart(input, good) : asFiles(input, good)), problems }
}

function asPart({ language, createdAt }: Input, invoices: [Row, Invoice][]) {
  const opened = openPart()
  const missing = new Set<string>()
  for (const [, invoice] of invoices) {
    const document = openDocument({ title: '', language, createdAt })
    drawInvoice(document, invoice, language)
    opened.add(document, `${invoice.number} ${invoice.recipient.name}`)
    for (const character of document.missing) missing.add(character)
  }
  const { bytes, ...part } = opened.close()
  return { bytes, part, pages: part.pages.length, warnings: [], missing: [...missing] }
}

function asFiles({ language, createdAt }: Input, invoices: [Row, Invoice][]) {
  const drawings = invoices.map(([row, invoice]) => ({
    name: fileName(row, invoice),
    bytes: renderedInvoice({ invoice, language, createdAt }).bytes
  }))
  const files = drawings.map(({ name, bytes }) => ({ name, length: bytes.length }))
  const bytes = Buffer.concat(drawings.map(drawing => drawing.bytes))
  return { bytes, files, pages: files.length, warnings: [], missing: [] }
}

/** The number of the row makes it unique, and sorts the files as the rows are. */
function fileName({ number }: Row, invoice: Invoice) {
  const name = `${invoice.number}_${invoice.recipient.name}`.replace(/[\\/:*?"<>|]+/g, '_')
  return `${String(number).padStart(5, '0')}_${name.slice(0, 80).toWellFormed()}.pdf`
}
