import { readInvoice } from '../../invoice/read.ts'
import { Invoice } from '../../invoice/schema.ts'
import { labelsOf } from '../../label.ts'
import type { Sentence } from '../../language.ts'
import type { Problem } from '../../queue/kind.ts'
import { narrowText } from '../../text.ts'
import { type Column, type ColumnName, columnNames, columns } from './column.ts'
import type { MailMerge } from './schema.ts'
import { isBlank, type Row } from './table.ts'

/** What is wrong with a row; `column` is the name that its file has for it. */
export type RowProblem = { row: number; column: Sentence; value: string; sentence: Sentence }

export type Reading = { invoice: Invoice } | { problems: RowProblem[] }

/** How rows of a file become invoices. */
export function openReader(order: MailMerge, header: string[]) {
  const places = columnNames.flatMap(name => {
    const index = header.indexOf(order.columns[name] ?? '')
    return index < 0 ? [] : [[name, index] as const]
  })
  const common = template(order)

  return (row: Row): Reading => {
    if (row.cells.slice(header.length).some(cell => !isBlank(cell)))
      return { problems: [{ row: row.number, column: wholeRow, value: '', sentence: tooLong }] }
    const cells = Object.fromEntries(places.map(([name, index]) => [name, row.cells[index] ?? '']))
    const reading = readInvoice(fill(common, order, row, cells))
    if ('invoice' in reading && row.twin === undefined) return reading
    const others = 'invoice' in reading ? [] : reading.problems
    const problems = [...problemsOfTwin(row), ...others].map(({ path, sentence }) => {
      const name = columnNames.find(name => columns[name].path === path)
      const own = name && order.columns[name]
      const column = own ? { ja: own, en: own } : labelsOf(Invoice, path)
      const value = name ? (cells[name] ?? '') : ''
      return { row: row.number, column, value, sentence: saysFor(name, value) ?? sentence }
    })
    return { problems }
  }
}

function problemsOfTwin({ twin }: Row): Problem[] {
  return twin === undefined ? [] : [{ path: columns.number.path, sentence: sameNumber(twin) }]
}

function saysFor(name: ColumnName | undefined, value: string) {
  const column: Column | undefined = name && columns[name]
  return isBlank(value) ? undefined : column?.says
}

type Cells = Partial<Record<ColumnName, string>>
type Common = ReturnType<typeof template>

/** What all invoices have in common. */
function template(order: MailMerge) {
  const { issuedOn, transactionOn, dueOn, issuer, rounding, bank, paymentUrl, note } = order
  return { issuedOn, transactionOn, dueOn, issuer, rounding, bank, paymentUrl, note }
}

function fill(common: Common, order: MailMerge, row: Row, cells: Cells) {
  const { number, recipientName, honorific, postalCode, address } = cells
  const { description, quantity, unit, unitPrice, taxRate } = cells
  return {
    ...common,
    number: numberOf(order, row, number),
    transactionOn: day(cells.transactionOn) ?? common.transactionOn,
    dueOn: day(cells.dueOn) ?? common.dueOn,
    note: given(cells.note) ?? common.note,
    recipient: {
      name: recipientName,
      honorific: given(honorific) ?? order.honorific,
      postalCode,
      address
    },
    lines: [
      {
        description,
        quantity: given(quantity) ?? 1,
        unit,
        unitPrice: unitPrice?.replace(/\.0+$/, ''),
        taxRate: rate(taxRate) ?? order.taxRate
      }
    ]
  }
}

/** The number of a row's invoice: the cell's, or one that is counted. */
export function numberOf({ numberPrefix = '' }: MailMerge, row: Row, cell: string | undefined) {
  return given(cell) ?? `${numberPrefix}${String(row.number - 1).padStart(4, '0')}`
}

function given(cell: string | undefined) {
  return isBlank(cell) ? undefined : cell
}

/** `2026/4/1`, `2026年4月1日` and `20260401` are as good as `2026-04-01`. */
function day(cell: string | undefined) {
  if (!given(cell)) return undefined
  const text = narrowText(cell as string)
  const [, year, month = '', date = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    []
  return year ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : text
}

/** `10%`, `0.1`, `8%（軽減）`, `軽減`, `非課税` are rates, too. */
function rate(cell: string | undefined) {
  if (!given(cell)) return undefined
  const text = narrowText(cell as string)
  if (/^(対象外|非課税|不課税|免税|exempt)$/i.test(text)) return '0'
  if (/^(軽減|軽減税率|reduced)$/i.test(text)) return '8'
  if (/^(標準|標準税率|課税|standard)$/i.test(text)) return '10'
  const [, share, percent] = /^(?:(0?\.\d+)|(\d+)(?:\.0+)? ?%?(?: ?[(※].*)?)$/.exec(text) ?? []
  return share ? String(Math.round(Number(share) * 100)) : (percent ?? text)
}

/** `12行目「数量」: 入力してください。` */
export function describe({ row, column, sentence }: RowProblem): Sentence {
  return {
    ja: `${row}行目「${column.ja}」：${sentence.ja}`,
    en: `Row ${row}, “${column.en}”: ${sentence.en}`
  }
}

function sameNumber(row: number): Sentence {
  return {
    ja: `${row}行目と同じ番号です。1行が1通の請求書になるため、行ごとに別の番号にしてください。`,
    en: `Row ${row} has the same number. Each row becomes an invoice of its own: give it a number of its own.`
  }
}

const wholeRow: Sentence = { ja: '行全体', en: 'whole row' }
const tooLong: Sentence = {
  ja: '列の数が1行目より多くなっています。値の中のコンマは「"」で囲んでください。',
  en: 'It has more columns than the first row. Put values with commas into quotation marks (").'
}
