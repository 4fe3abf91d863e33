import type { Sentence } from '../../language.ts'
import { narrowText } from '../../text.ts'

/** `says` is for a cell of which people have no list to choose from, as in the form of an invoice. */
export type Column = { path: string; names: RegExp; says?: Sentence }

/** What a column may be, each with its place in an invoice and the names that people give it. */
export const columns = {
  number: {
    path: 'number',
    names: /請求書?番号|請求no|伝票番号|invoice ?(no|num|#)|^番号$|^no\.?$/
  },
  recipientName: {
    path: 'recipient.name',
    names:
      /宛名|宛先|請求先|顧客|お客様|取引先|会社名|氏名|お名前|recipient|customer|client|company|bill ?to|^name$/
  },
  honorific: {
    path: 'recipient.honorific',
    names: /敬称|honorific/,
    says: { ja: '「御中」か「様」にしてください。', en: 'Use 御中 or 様.' }
  },
  postalCode: { path: 'recipient.postalCode', names: /郵便|〒|zip|postal|postcode/ },
  address: { path: 'recipient.address', names: /住所|所在地|address/ },
  description: {
    path: 'lines.0.description',
    names: /摘要|品名|品目|商品|内容|件名|明細|description|item|product|service/
  },
  quantity: { path: 'lines.0.quantity', names: /数量|個数|点数|qty|quantity/ },
  unit: { path: 'lines.0.unit', names: /^単位$|^unit$/ },
  unitPrice: { path: 'lines.0.unitPrice', names: /単価|税抜|金額|価格|料金|price|amount|fee/ },
  taxRate: {
    path: 'lines.0.taxRate',
    names: /税率|税区分|tax/,
    says: {
      ja: '10%、8%、0%（対象外）のいずれかにしてください。',
      en: 'Use 10%, 8% or 0% (exempt).'
    }
  },
  transactionOn: {
    path: 'transactionOn',
    names: /取引(年月)?日|納品日|利用日|売上日|transaction|delivered/
  },
  dueOn: { path: 'dueOn', names: /期限|期日|due/ },
  note: { path: 'note', names: /備考|メモ|note|remark|memo/ }
} satisfies Record<string, Column>

export type ColumnName = keyof typeof columns
export const columnNames = Object.keys(columns) as ColumnName[]

/** Which column of a file each field is in. */
export type Mapping = Partial<Record<ColumnName, string>>

/** A sensible guess from the names of the columns; each column is used once. */
export function guess(header: string[], known: Mapping = {}): Mapping {
  const mapping: Mapping = {}
  const free = new Set(header)
  const take = (name: ColumnName, column: string | undefined) => {
    if (column === undefined || !free.delete(column)) return
    mapping[name] = column
  }
  for (const name of columnNames) take(name, known[name])
  for (const name of columnNames)
    if (!mapping[name])
      take(
        name,
        header.find(column => free.has(column) && columns[name].names.test(plain(column)))
      )
  return mapping
}

function plain(column: string) {
  return narrowText(column)
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
}
