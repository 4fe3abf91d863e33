import Type, { type Static } from 'typebox'
import { Invoice } from '../../invoice/schema.ts'
import { upload } from '../../upload.ts'

const { logo: _, seal: __, ...fields } = Invoice.properties

/** An invoice as people order it: pictures come as files, and are read when it is drawn. */
export const InvoiceOrder = Type.Object(
  {
    ...fields,
    logo: Type.Optional(upload({ ja: 'ロゴ', en: 'Logo' })),
    seal: Type.Optional(upload({ ja: '印影', en: 'Seal' }))
  },
  { additionalProperties: false }
)
export type InvoiceOrder = Static<typeof InvoiceOrder>

/** All but the pictures. */
export function withoutPictures({ logo: _, seal: __, ...invoice }: InvoiceOrder): Invoice {
  return invoice
}
