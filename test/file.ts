import { inflateSync } from 'node:zlib'

/** An object of a PDF as its bytes, in the file or in a stream of objects. */
export type FileObject = { number: number; text: string }

/** A PDF as its own cross-reference stream tells it, read without any library. */
export type PdfFile = {
  trailer: string
  size: number
  objects: Map<number, FileObject>
  /** By number: 0 free, 1 in the file at an offset, 2 in a stream at an index. */
  rows: { type: number; second: number; third: number }[]
}

export function readFile(bytes: Uint8Array): PdfFile {
  const file = Buffer.from(bytes)
  const latin1 = file.toString('latin1')
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(latin1)?.[1])
  const trailer = dictionaryAt(latin1, start)
  const rows = rowsOf(streamAt(file, latin1, start))
  const objects = new Map<number, FileObject>()
  for (const [number, { type, second, third }] of rows.entries()) {
    if (type === 1) objects.set(number, { number, text: objectAt(latin1, number, second) })
    if (type === 2) {
      const holder = (rows[second] as { second: number }).second
      objects.set(number, { number, text: packedAt(file, latin1, holder, number, third) })
    }
  }
  return { trailer, size: Number(/\/Size (\d+)/.exec(trailer)?.[1]), objects, rows }
}

function objectAt(latin1: string, number: number, offset: number) {
  const head = `${number} 0 obj\n`
  if (!latin1.startsWith(head, offset)) throw new Error(`No object ${number} at ${offset}.`)
  return latin1.slice(offset + head.length, latin1.indexOf('\nendobj\n', offset))
}

function dictionaryAt(latin1: string, offset: number) {
  return latin1.slice(offset, latin1.indexOf('\nstream\n', offset))
}

/** The bytes of a deflated stream, whose `/Length` must be right. */
export function streamAt(file: Buffer, latin1: string, offset: number): Buffer {
  const start = latin1.indexOf('stream\n', offset) + 'stream\n'.length
  const length = Number(/\/Length (\d+)/.exec(dictionaryAt(latin1, offset))?.[1])
  if (!latin1.startsWith('\nendstream', start + length))
    throw new Error(`The stream at ${offset} is not ${length} bytes long.`)
  return inflateSync(file.subarray(start, start + length))
}

function rowsOf(table: Buffer) {
  return Array.from({ length: table.length / 7 }, (_, number) => ({
    type: table.readUInt8(number * 7),
    second: table.readUInt32BE(number * 7 + 1),
    third: table.readUInt16BE(number * 7 + 5)
  }))
}

function packedAt(file: Buffer, latin1: string, offset: number, number: number, index: number) {
  const body = streamAt(file, latin1, offset).toString('latin1')
  const dictionary = dictionaryAt(latin1, offset)
  const first = Number(/\/First (\d+)/.exec(dictionary)?.[1])
  const pairs = body.slice(0, first).trim().split(/\s+/).map(Number)
  if (pairs.length !== 2 * Number(/\/N (\d+)/.exec(dictionary)?.[1]))
    throw new Error(`The stream at ${offset} does not hold as many objects as it says.`)
  if (pairs[index * 2] !== number) throw new Error(`Object ${number} is not the ${index}th.`)
  const next = pairs[index * 2 + 3]
  const end = next === undefined ? body.length : first + next
  return body.slice(first + (pairs[index * 2 + 1] as number), end).trim()
}
