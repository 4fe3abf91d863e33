import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { BadImage } from '../../src/pdf/image/bad-image.ts'
import { documentWith, png, pngSignature } from '../../test/picture.ts'
import { edge, mutate } from '../mutate.ts'
import type { Random } from '../random.ts'
import { refusing, type Target } from '../target.ts'

type Chunk = { type: string; body: Buffer }

const rows = (bytes: number, count: number) => Buffer.alloc((bytes + 1) * count)
const palette = frame('PLTE', Buffer.from([0, 0, 0, 255, 255, 255]))
const examples = [
  png(),
  png({ type: 2, rows: rows(6, 2) }),
  png({ type: 6, depth: 16, rows: rows(16, 2) }),
  png({ width: 9, height: 3, type: 3, depth: 1, before: [palette], rows: rows(2, 3) }),
  png({
    width: 5,
    height: 5,
    type: 4,
    isInterlaced: true,
    rows: Buffer.alloc(200).subarray(0, 61)
  }),
  png({ before: [frame('tRNS', Buffer.from([0, 1]))] })
]
const types = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'iCCP', 'tEXt', 'FaTe', 'IDAT']

/** Changes that pass the checksums, and some that don't; a picture that is taken goes into a document. */
export const target: Target = {
  name: 'png',

  generate(random) {
    if (random.oneIn(4)) return mutate(random, examples)
    const chunks = chunksOf(random.pick(examples))
    for (let left = 1 + random.below(3); left > 0; left -= 1) change(random, chunks)
    const whole = Buffer.concat([
      pngSignature,
      ...chunks.map(({ type, body }) => frame(type, body))
    ])
    return random.oneIn(8) ? mutate(random, [whole]) : whole
  },

  run: input =>
    refusing(
      () => documentWith(input),
      error => error instanceof BadImage
    )
}

function change(random: Random, chunks: Chunk[]) {
  const at = random.below(chunks.length)
  const chunk = chunks[at]
  if (!chunk) return
  const kind = random.below(8)
  if (kind === 0) chunks.splice(at, 1)
  else if (kind === 1) chunks.splice(random.below(chunks.length), 0, { ...chunk })
  else if (kind === 2) chunks.splice(at, 0, { type: random.pick(types), body: chunk.body })
  else if (kind === 3) chunk.type = random.pick(types)
  else if (chunk.type === 'IHDR' && chunk.body.length === 13) changeHead(random, chunk.body)
  else if (chunk.type === 'IDAT') chunk.body = changedData(random, chunk.body)
  else chunk.body = mutate(random, [chunk.body])
}

function changeHead(random: Random, body: Buffer) {
  const small = random.below(40)
  if (random.oneIn(2))
    body.writeUInt32BE(random.oneIn(3) ? edge(random, 4) : small, 4 * random.below(2))
  else body[8 + random.below(5)] = random.pick([0, 1, 2, 3, 4, 6, 8, 16, 255])
}

/** Pixels that are other ones, fewer or more, or data that can't be unpacked. */
function changedData(random: Random, body: Buffer) {
  if (random.oneIn(4)) return mutate(random, [body])
  if (random.oneIn(20)) return deflateSync(Buffer.alloc(random.below(50_000_000)), { level: 1 })
  return deflateSync(mutate(random, [unpacked(body)]))
}

function unpacked(body: Buffer) {
  try {
    return inflateSync(body, { maxOutputLength: 1_000_000 })
  } catch {
    return body
  }
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const body = Buffer.from(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body })
  }
  return chunks
}

function frame(type: string, body: Buffer) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(body.length, 0)
  ends.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)])
}
