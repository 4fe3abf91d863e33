import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type PDFContext, PDFHexString, type PDFObject, type PDFRef, PDFStream } from 'pdf-lib'
import { compressed } from './stream.ts'

/** How many objects are compressed together; a reader unpacks all of them for one. */
const together = 200

/** Where an object is: in the file, or as the nth in a stream of objects. */
type Place = { offset: number } | { stream: number; index: number }

/**
 * The file of a document (ISO 32000-1, 7.5): streams as they are, all other objects packed together,
 * and a cross-reference stream. The same objects make the same bytes.
 */
export function write(context: PDFContext, root: PDFRef, info: PDFRef): Uint8Array {
  const places = new Map<number, Place>()
  const chunks: Uint8Array[] = [header]
  let length = header.length

  function put(number: number, object: PDFObject) {
    places.set(number, { offset: length })
    const chunk = indirect(number, object)
    chunks.push(chunk)
    length += chunk.length
  }

  const loose: [number, PDFObject][] = []
  for (const [{ objectNumber }, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFStream) put(objectNumber, object)
    else loose.push([objectNumber, object])
  }
  for (let start = 0; start < loose.length; start += together) {
    const few = loose.slice(start, start + together)
    const number = context.nextRef().objectNumber
    for (const [index, [packed]] of few.entries()) places.set(packed, { stream: number, index })
    put(number, pack(context, few))
  }
  const number = context.nextRef().objectNumber
  places.set(number, { offset: length })
  const id = PDFHexString.of(digest(chunks))
  const table = rowsOf(places, number + 1)
  const about = {
    Type: 'XRef',
    Size: number + 1,
    W: [1, 4, 2],
    Root: root,
    Info: info,
    ID: [id, id]
  }
  const end = Buffer.from(`startxref\n${length}\n%%EOF\n`)
  chunks.push(indirect(number, compressed(context, table, about, 1)), end)
  return concatenate(chunks)
}

/** Version 1.7, and bytes above 127 that say the file is no text. */
const header = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')

function indirect(number: number, object: PDFObject): Uint8Array {
  const head = Buffer.from(`${number} 0 obj\n`)
  const tail = '\nendobj\n'
  const size = object.sizeInBytes()
  const chunk = Buffer.allocUnsafe(head.length + size + tail.length)
  chunk.set(head)
  object.copyBytesInto(chunk, head.length)
  chunk.write(tail, head.length + size)
  return chunk
}

function pack(context: PDFContext, objects: [number, PDFObject][]) {
  let end = 0
  const places = objects.map(([number, object]) => {
    const place = `${number} ${end}`
    end += object.sizeInBytes() + 1
    return place
  })
  const head = `${places.join(' ')}\n`
  const body = Buffer.allocUnsafe(head.length + end)
  let offset = body.write(head, 'latin1')
  for (const [, object] of objects) {
    offset += object.copyBytesInto(body, offset)
    body[offset++] = space
  }
  return compressed(context, body, { Type: 'ObjStm', N: objects.length, First: head.length })
}

const space = 0x20

function rowsOf(places: Map<number, Place>, size: number) {
  const rows = new DataView(new ArrayBuffer(size * 7))
  rows.setUint16(5, 65_535)
  for (const [number, place] of places) {
    const isPacked = 'stream' in place
    rows.setUint8(number * 7, isPacked ? 2 : 1)
    rows.setUint32(number * 7 + 1, isPacked ? place.stream : place.offset)
    rows.setUint16(number * 7 + 5, isPacked ? place.index : 0)
  }
  return new Uint8Array(rows.buffer)
}

/** Sixteen bytes that stand for the file (14.4); of checksums, since to digest all of it takes ten times as long. */
function digest(chunks: Uint8Array[]) {
  const sums = Uint32Array.from(chunks, chunk => crc32(chunk))
  return hash('md5', sums)
}

function concatenate(chunks: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
