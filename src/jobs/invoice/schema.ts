import Type, { type Static } from 'typebox'
import { pictureUploads } from '../../invoice/picture-upload.ts'
import { Invoice } from '../../invoice/schema.ts'

const { logo: _, seal: __, ...fields } = Invoice.properties

/** An invoice as people order it: pictures come as files, and are read when it is drawn. */
export const InvoiceOrder = Type.Object(
  {
    ...fields,
    ...pictureUploads
  },
  { additionalProperties: false }
)
export type InvoiceOrder = Static<typeof InvoiceOrder>

/** All but the pictures. */
export function withoutPictures({ logo: _, seal: __, ...invoice }: InvoiceOrder): Invoice {
  return invoice
}
