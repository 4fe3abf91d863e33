import { deflateSync } from 'node:zlib'
import { type PDFContext, PDFRawStream } from 'pdf-lib'

/** A stream that has been deflated before. */
export function deflated(context: PDFContext, bytes: Uint8Array, about: object = {}): PDFRawStream {
  const dictionary = { ...about, Filter: 'FlateDecode', Length: bytes.length }
  return PDFRawStream.of(context.obj(dictionary), bytes)
}

/** A stream that is deflated here, by Node's zlib. */
export function compressed(context: PDFContext, bytes: Uint8Array, about: object, level = 6) {
  return deflated(context, deflateSync(bytes, { level }), about)
}
