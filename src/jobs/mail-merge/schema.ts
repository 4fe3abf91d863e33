import Type, { type Static } from 'typebox'
import { pictureUploads } from '../../invoice/picture-upload.ts'
import { Invoice } from '../../invoice/schema.ts'
import { labelsOf } from '../../label.ts'
import { upload } from '../../upload.ts'
import { type ColumnName, columns } from './column.ts'

const named = (ja: string, en: string) => ({ label: { ja, en } })

const {
  issuer,
  recipient,
  issuedOn,
  transactionOn,
  dueOn,
  rounding,
  bank,
  paymentUrl,
  note,
  lines
} = Invoice.properties
const cell = lines.items.properties
const party = recipient.properties

/** The name of the column in which a field of an invoice is. */
const column = (name: ColumnName) =>
  Type.String({ minLength: 1, maxLength: 100, label: labelsOf(Invoice, columns[name].path) })
const optional = (name: ColumnName) => Type.Optional(column(name))

const Columns = Type.Object(
  {
    number: optional('number'),
    recipientName: column('recipientName'),
    honorific: optional('honorific'),
    postalCode: optional('postalCode'),
    address: optional('address'),
    description: column('description'),
    quantity: optional('quantity'),
    unit: optional('unit'),
    unitPrice: column('unitPrice'),
    taxRate: optional('taxRate'),
    transactionOn: optional('transactionOn'),
    dueOn: optional('dueOn'),
    note: optional('note')
  } satisfies Record<ColumnName, Type.TSchema>,
  { additionalProperties: false, ...named('列', 'Columns') }
)

/** Rows of a CSV file become invoices; what a row does not say is the same for all of them. */
export const MailMerge = Type.Object(
  {
    file: upload(named('CSVファイル', 'CSV file').label),
    columns: Columns,
    /** Before the row's number where there is no column for numbers. */
    numberPrefix: Type.Optional(
      Type.String({
        maxLength: 30,
        ...named('請求書番号の頭に付ける文字', 'Invoice numbers begin with')
      })
    ),
    issuedOn,
    transactionOn: Type.Optional(transactionOn),
    dueOn,
    honorific: party.honorific,
    taxRate: cell.taxRate,
    issuer,
    rounding,
    bank,
    paymentUrl,
    note,
    ...pictureUploads,
    onErrors: Type.Optional(
      Type.Union(
        [Type.Literal('stop'), Type.Literal('skip')],
        named('エラーのある行', 'Rows with errors')
      )
    ),
    output: Type.Optional(
      Type.Union([Type.Literal('pdf'), Type.Literal('both')], named('作成するファイル', 'Files'))
    )
  },
  { additionalProperties: false }
)
export type MailMerge = Static<typeof MailMerge>
