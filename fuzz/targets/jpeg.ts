import { BadImage } from '../../src/pdf/image/bad-image.ts'
import { documentWith, exif, greyJpeg, segment, withSegments } from '../../test/picture.ts'
import { edge, mutate } from '../mutate.ts'
import type { Random } from '../random.ts'
import { refusing, type Target } from '../target.ts'

/** A segment with its marker, or what lies between two of them. */
type Part = { marker: number; body: Buffer }

const adobe = segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01', 'latin1'))
const examples = [
  greyJpeg(),
  withSegments(greyJpeg(), exif(6)),
  withSegments(greyJpeg(), exif(3, 'II'), adobe),
  withSegments(greyJpeg(), segment(0xfe, Buffer.from('comment')))
]
const markers = [0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc9, 0xd0, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe1, 0xee]

/** Segments that are changed, moved, doubled or left out; a picture that is taken goes into a document. */
export const target: Target = {
  name: 'jpeg',

  generate(random) {
    if (random.oneIn(4)) return mutate(random, examples)
    const whole = random.pick(examples)
    const parts = partsOf(whole)
    for (let left = 1 + random.below(3); left > 0; left -= 1) change(random, parts)
    const segments = parts.map(({ marker, body }) => segment(marker, body.subarray(0, 65_533)))
    const changed = Buffer.concat([whole.subarray(0, 2), ...segments, scanOf(whole)])
    return random.oneIn(6) ? mutate(random, [changed]) : changed
  },

  run: input =>
    refusing(
      () => documentWith(input),
      error => error instanceof BadImage
    )
}

function change(random: Random, parts: Part[]) {
  const at = random.below(parts.length)
  const part = parts[at]
  if (!part) return
  const kind = random.below(7)
  if (kind === 0) parts.splice(at, 1)
  else if (kind === 1) parts.splice(random.below(parts.length), 0, { ...part })
  else if (kind === 2) part.marker = random.pick(markers)
  else if (kind === 3 && part.body.length > 5) {
    const changed = Buffer.from(part.body)
    changed.writeUInt16BE(
      random.oneIn(2) ? edge(random, 2) : random.below(64),
      1 + 2 * random.below(2)
    )
    part.body = changed
  } else part.body = mutate(random, [part.body])
}

function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = []
  for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) {
    const body = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2))
    parts.push({ marker: bytes[at + 1] as number, body })
  }
  return parts
}

/** From the start of the scan to the end. */
function scanOf(bytes: Buffer) {
  return bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xda])))
}
