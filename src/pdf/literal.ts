import { PDFInvalidObject } from 'pdf-lib'

/** An object by its text. A document has up to a hundred thousand of some, for which pdf-lib's own are slow. */
export function literal(text: string) {
  return PDFInvalidObject.of(Buffer.from(text, 'latin1'))
}
