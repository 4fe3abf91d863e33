import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { deflateSync } from 'node:zlib'
import { eventually } from '../../../test/engine.ts'
import {
  chunk,
  documentWith,
  greyJpeg,
  png,
  pngHead,
  pngSignature,
  segment,
  withFrame,
  withSegments
} from '../../../test/picture.ts'
import { BadImage } from './bad-image.ts'
import { openImage } from './image.ts'

const zeros = (length: number) => deflateSync(Buffer.alloc(length), { level: 9 })
const pngOf = (...chunks: Buffer[]) => Buffer.concat([pngSignature, ...chunks])
const end = chunk('IEND')
const idat = chunk('IDAT', deflateSync(Buffer.from([0, 0, 85, 0, 170, 255])))
const flipped = (bytes: Buffer, at: number) => {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

const overlong = pngOf(pngHead(), idat)
overlong.writeUInt32BE(0x7fffffff, overlong.length - idat.length)

const cases: [string, Buffer, RegExp][] = [
  ['an empty file', Buffer.alloc(0), /neither a PNG nor a JPEG/],
  ['HTML', Buffer.from('<html><script>alert(1)</script>'), /neither/],
  ['a GIF', Buffer.from('GIF89a'), /neither/],
  ['more bytes than allowed', Buffer.alloc(10_000_001), /file .* is too large/],
  ['a PNG of 60,000 by 60,000', png({ width: 60_000, height: 60_000 }), /too many pixels/],
  ['a PNG of 2³² by 2³² pixels', png({ width: 2 ** 32 - 1, height: 2 ** 32 - 1 }), /too many/],
  ['a PNG of 1 by 20,001', png({ width: 1, height: 20_001 }), /too many/],
  ['a PNG without width', png({ width: 0 }), /no width/],
  ['a PNG without height', png({ height: 0 }), /no width or no height/],
  [
    'a PNG with garbage for data',
    pngOf(pngHead(), chunk('IDAT', Buffer.from('豆豆')), end),
    /damaged/
  ],
  ['a PNG with less data than it says', png({ height: 3 }), /not of the size/],
  ['a PNG with more data than it says', png({ height: 1 }), /not of the size/],
  [
    'a PNG that unpacks to 300 MB',
    pngOf(pngHead(), chunk('IDAT', zeros(3e8)), end),
    /not of the size/
  ],
  ['a PNG without data', pngOf(pngHead(), end), /cut off/],
  ['a PNG without an end', pngOf(pngHead(), idat), /cut off/],
  [
    'a PNG with half its data',
    pngOf(pngHead(), chunk('IDAT', zeros(6).subarray(0, 8)), end),
    /cut/
  ],
  ['a PNG chunk longer than the file', overlong, /cut off/],
  ['a PNG without a head', pngOf(idat, end), /damaged/],
  ['a PNG with a short head', pngOf(chunk('IHDR', Buffer.alloc(12)), idat, end), /damaged/],
  ['a PNG with a wrong checksum', flipped(png(), 20), /damaged/],
  ['a PNG with an unknown filter', png({ rows: Buffer.from([0, 0, 85, 5, 170, 255]) }), /damaged/],
  ['a PNG of 3 bits', png({ depth: 3 }), /can’t be used/],
  ['a PNG of type 5', png({ type: 5 }), /can’t be used/],
  ['a PNG without its palette', png({ type: 3 }), /damaged/],
  [
    'a PNG with part of a colour',
    png({ type: 3, before: [chunk('PLTE', Buffer.alloc(4))] }),
    /damaged/
  ],
  [
    'a PNG with transparency twice',
    png({ type: 4, before: [chunk('tRNS', Buffer.alloc(2))] }),
    /damaged/
  ],
  ['a PNG with an unknown critical chunk', png({ before: [chunk('FaTe')] }), /can’t be used/],
  ['the signature of a PNG alone', pngSignature, /cut off/],
  ['the start of a JPEG alone', Buffer.from([0xff, 0xd8]), /cut off/],
  ['a JPEG without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), /damaged/],
  ['a JPEG whose data come before its size', withSegments(greyJpeg(), segment(0xda)), /damaged/],
  ['a JPEG of 65,535 by 65,535', withFrame(greyJpeg(), frame => frame.fill(255, 1, 5)), /too many/],
  [
    'a JPEG that shows less than it says',
    withFrame(greyJpeg(), frame => frame.fill(4, 1, 5)),
    /not of the size/
  ],
  ['a JPEG without height', withFrame(greyJpeg(), frame => frame.fill(0, 1, 3)), /no width/],
  ['a JPEG with two colours', withFrame(greyJpeg(), frame => frame.fill(2, 5, 6)), /can’t be used/],
  ['a JPEG of 12 bits', withFrame(greyJpeg(), frame => frame.fill(12, 0, 1)), /can’t be used/],
  ['a JPEG with arithmetic coding', withSegments(greyJpeg(), segment(0xc9)), /can’t be used/],
  [
    'a JPEG with two frames',
    withSegments(greyJpeg(), segment(0xc0, Buffer.from([8, 0, 16, 0, 16, 1, 1, 17, 0]))),
    /damaged/
  ],
  [
    'a JPEG with a segment of no length',
    withSegments(greyJpeg(), Buffer.from([0xff, 0xe5, 0, 0])),
    /damaged/
  ],
  [
    'a JPEG with a segment beyond its end',
    withSegments(greyJpeg(), Buffer.from([0xff, 0xe5, 0xff, 0xff])),
    /cut off/
  ],
  ['a JPEG with text for a marker', withSegments(greyJpeg(), Buffer.from('<html>')), /damaged/],
  ['a JPEG that ends in its data', greyJpeg().subarray(0, -2), /cut off/],
  [
    'a JPEG with nothing but 0xFF',
    Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(9e6, 255)]),
    /cut off/
  ]
]

for (const [title, bytes, wanted] of cases)
  test(`${title} is refused in both languages`, { timeout: 10_000 }, () => {
    assert.throws(
      () => openImage(bytes),
      error => {
        assert.ok(error instanceof BadImage, String(error))
        assert.match(error.sentence.en, wanted)
        assert.match(error.sentence.ja, /。$/)
        return true
      }
    )
  })

test('a bomb takes no memory: what it would unpack to is refused before', () => {
  const bomb = pngOf(
    pngHead({ width: 20_000, height: 20_000, depth: 1 }),
    chunk('IDAT', zeros(50e6)),
    end
  )
  const before = process.memoryUsage().rss
  assert.throws(() => openImage(bomb), /too many pixels/)
  assert.ok(process.memoryUsage().rss - before < 50e6)
})

test('pictures that are open do not keep their pixels', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const rows = Buffer.alloc(2001 * 20_000)
  const plain = png({ width: 2000, height: 20_000, rows })
  const seen = png({ width: 1000, height: 20_000, type: 4, rows })
  collect()
  const before = process.memoryUsage().arrayBuffers
  const open = [plain, seen, plain, seen].map(picture => openImage(picture))
  // Memory that was found to be free is given back by another thread.
  await eventually(() => {
    collect()
    return process.memoryUsage().arrayBuffers - before < rows.length
  })
  assert.equal(open.length, 4)
})

test('the largest picture that is allowed is decoded in time', { timeout: 60_000 }, () => {
  const [width, height] = [8000, 5000]
  const rows = Buffer.alloc((width * 2 + 1) * height, 1)
  const pdf = documentWith(png({ width, height, type: 4, rows }))
  assert.ok(pdf.length > 1000)
})

test('a picture that is cut anywhere is refused, never half used', () => {
  for (const whole of [png(), greyJpeg()])
    for (let length = 0; length < whole.length; length += 1)
      assert.throws(() => openImage(whole.subarray(0, length)), BadImage, `${length} bytes`)
})

test('a PNG with any bit turned over is refused, or shows the same picture', () => {
  const whole = png()
  const plain = Buffer.from(documentWith(whole))
  for (let at = 8; at < whole.length; at += 1) {
    try {
      assert.ok(Buffer.from(documentWith(flipped(whole, at))).equals(plain), `byte ${at}`)
    } catch (error) {
      assert.ok(error instanceof BadImage, `byte ${at}: ${error}`)
    }
  }
})

test('a caller may ask for less than the most', () => {
  assert.throws(() => openImage(png(), { pixels: 3 }), /too many pixels/)
  assert.throws(() => openImage(png(), { bytes: 20 }), /too large/)
})
