import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { needs } from '../../test/needs.ts'
import { picturesOf } from '../../test/proof.ts'
import { openDocument } from './document.ts'
import { qrBoxes } from './qr.ts'

const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
const place = { x: 100, y: 200, size: 68 }

/** What a reader of codes sees on a printed page. */
async function readingOf(text: string, dpi: number) {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  document.page().figure(qrBoxes(text, place), '#000000')
  const [picture] = picturesOf(document.save(), dpi)
  const { width = 0, height = 0, pixels = new Uint8Array() } = picture ?? {}
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } })
  const data = new Uint8ClampedArray(width * height * 4)
  for (const [at, grey] of pixels.entries()) data.set([grey, grey, grey, 255], at * 4)
  const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as never)
  return found.map(({ text }) => text)
}

test('a code can be read from the page, short or long', { skip: needs('pdftoppm') }, async () => {
  const long = `https://pay.example.jp/?${'0123456789'.repeat(27)}`
  for (const text of ['https://pay.example.jp/2026-1123', long])
    assert.deepEqual(await readingOf(text, 300), [text])
})

test('each text has its own code, whatever came before', () => {
  const texts = ['https://a.example.jp/', 'https://b.example.jp/', 'https://a.example.jp/']
  const [one, other, again] = texts.map(text => qrBoxes(text, place))
  assert.notDeepEqual(one, other)
  assert.deepEqual(one, again)
})

test('a code keeps within its square', () => {
  for (const { x, y, width, height } of qrBoxes('https://pay.example.jp/2026-1123', place)) {
    assert.ok(x >= place.x && x + width <= place.x + place.size + 1e-9)
    assert.ok(y >= place.y && y + height <= place.y + place.size + 1e-9)
  }
})

test('modules that touch share an edge, to the hundredth of a point', () => {
  const boxes = qrBoxes('https://pay.example.jp/2026-1123', { x: 0, y: 0, size: 77.7 })
  for (const box of boxes)
    for (const length of Object.values(box))
      assert.ok(Math.abs(length * 100 - Math.round(length * 100)) < 1e-6, `${length}`)
})
