import type { PDFContext, PDFRef } from 'pdf-lib'
import { BadImage, type Limits, most } from './bad-image.ts'
import { openJpeg } from './jpeg.ts'
import { walkJpeg } from './jpeg-walk.ts'
import { openPng } from './png.ts'
import { isPng, readChunks } from './png-chunks.ts'

/** A picture that has been looked through and found sound. Sizes are in pixels, as people see it. */
export type Image = {
  width: number
  height: number
  /** Whether a document with it may still say that it is built as PDF/A-2u. */
  isArchival: boolean
  /** Puts it into a document. */
  embed(context: PDFContext): PDFRef
}

/** Opens a PNG or a JPEG from a stranger; throws `BadImage`, before memory is taken for its pixels. */
export function openImage(bytes: Uint8Array, limits: Partial<Limits> = {}): Image {
  return read(bytes, limits, { png: openPng, jpeg: openJpeg })
}

/** The same without unpacking anything, for where others wait: what is wrong within its pixels is not seen. */
export function glanceAt(bytes: Uint8Array, limits: Partial<Limits> = {}): void {
  read<unknown>(bytes, limits, { png: readChunks, jpeg: walkJpeg })
}

type Read<Result> = (bytes: Buffer, limits: Limits) => Result

function read<Result>(
  bytes: Uint8Array,
  limits: Partial<Limits>,
  { png, jpeg }: { png: Read<Result>; jpeg: Read<Result> }
): Result {
  const all = { ...most, ...limits }
  if (bytes.length > all.bytes) throw new BadImage('heavy')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isPng(buffer)) return png(buffer, all)
  if (buffer[0] === 0xff && buffer[1] === 0xd8) return jpeg(buffer, all)
  throw new BadImage('unknown')
}
