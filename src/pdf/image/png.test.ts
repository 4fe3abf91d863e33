import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFContext, type PDFRawStream } from 'pdf-lib'
import { needs } from '../../../test/needs.ts'
import { chunk, documentWith, png, quartersOf } from '../../../test/picture.ts'
import { faultsOf } from '../../../test/proof.ts'
import { openImage } from './image.ts'

const skip = needs('pdftoppm', 'qpdf')
const greys = [0, 85, 170, 255]

/** Four pixels in two rows, each given as its bytes. */
const rowsOf = (pixels: number[][]) =>
  Buffer.from([
    0,
    ...(pixels[0] ?? []),
    ...(pixels[1] ?? []),
    0,
    ...(pixels[2] ?? []),
    ...(pixels[3] ?? [])
  ])

const palette = chunk('PLTE', Buffer.from(greys.flatMap(grey => [grey, grey, grey])))

function assertShows(picture: Buffer, wanted: number[], what: string, under?: '#000000') {
  const pdf = documentWith(picture, under)
  const found = quartersOf(pdf)
  for (const [index, grey] of found.entries())
    assert.ok(Math.abs(grey - (wanted[index] as number)) <= 1, `${what}: ${found}`)
  assert.equal(faultsOf(pdf), '')
}

test('every depth and type of colour looks as it should', { skip }, () => {
  const packed = Buffer.from([0, 0b0001_0000, 0, 0b1011_0000])
  const nibbles = Buffer.from([0, 0x05, 0, 0xaf])
  const pictures: Record<string, Buffer> = {
    'grey 8': png({ rows: rowsOf(greys.map(grey => [grey])) }),
    'grey 4': png({ depth: 4, rows: nibbles }),
    'grey 2': png({ depth: 2, rows: packed }),
    'grey 16': png({ depth: 16, rows: rowsOf(greys.map(grey => [grey, grey])) }),
    'rgb 8': png({ type: 2, rows: rowsOf(greys.map(grey => [grey, grey, grey])) }),
    'rgb 16': png({ type: 2, depth: 16, rows: rowsOf(greys.map(grey => Array(6).fill(grey))) }),
    'palette 8': png({ type: 3, before: [palette], rows: rowsOf([[0], [1], [2], [3]]) }),
    'palette 2': png({ type: 3, depth: 2, before: [palette], rows: packed }),
    'grey with alpha': png({ type: 4, rows: rowsOf(greys.map(grey => [grey, 255])) }),
    'rgb with alpha': png({ type: 6, rows: rowsOf(greys.map(grey => [grey, grey, grey, 255])) }),
    'rgb 16 with alpha': png({
      type: 6,
      depth: 16,
      rows: rowsOf(greys.map(grey => [...Array(6).fill(grey), 255, 255]))
    })
  }
  for (const [kind, picture] of Object.entries(pictures)) assertShows(picture, greys, kind)
  const bilevel = png({ depth: 1, rows: Buffer.from([0, 0b0100_0000, 0, 0b1000_0000]) })
  assertShows(bilevel, [0, 255, 255, 0], 'grey 1')
})

test('one sees what is below a picture through it, as far as it says', { skip }, () => {
  const alphas = [255, 170, 85, 0]
  const rows = rowsOf(alphas.map(alpha => [255, 255, 255, alpha]))
  assertShows(png({ type: 6, rows }), [255, 255, 255, 255], 'on paper')
  assertShows(png({ type: 6, rows }), alphas, 'on black', '#000000')
  const transparency = chunk('tRNS', Buffer.from([255, 0]))
  const indexed = rowsOf([[3], [1], [2], [3]])
  const shown = png({ type: 3, before: [palette, transparency], rows: indexed })
  assertShows(shown, [255, 0, 170, 255], 'palette', '#000000')
  const greyKey = png({ before: [chunk('tRNS', Buffer.from([0, 170]))] })
  assertShows(greyKey, [0, 85, 0, 255], 'one grey', '#000000')
  const white = chunk('tRNS', Buffer.from([0, 255, 0, 255, 0, 255]))
  const rgb = rowsOf(greys.map(grey => [grey, grey, grey]))
  assertShows(png({ type: 2, before: [white], rows: rgb }), [0, 85, 170, 0], 'one RGB', '#000000')
})

test('all filters are undone, in one and in seven passes', { skip }, () => {
  for (const isInterlaced of [false, true])
    for (const filter of [0, 1, 2, 3, 4]) {
      const picture = checkered(filter, isInterlaced)
      assertShows(picture, greys, `filter ${filter}, interlaced ${isInterlaced}`)
    }
})

/** 13 by 13 pixels of grey with alpha, whose rows are filtered as the standard says. */
function checkered(filter: number, isInterlaced: boolean) {
  const size = 13
  const grids = isInterlaced
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2]
      ]
    : [[0, 0, 1, 1]]
  const rows: number[] = []
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of grids) {
    let above: number[] = []
    for (let y = y0; y < size; y += dy) {
      const line: number[] = []
      for (let x = x0; x < size; x += dx)
        line.push(greys[(y > 6 ? 2 : 0) + (x > 6 ? 1 : 0)] ?? 0, 255)
      rows.push(filter, ...line.map((value, at) => filtered(filter, value, line, above, at)))
      above = line
    }
  }
  return png({ width: size, height: size, type: 4, isInterlaced, rows: Buffer.from(rows) })
}

function filtered(filter: number, value: number, line: number[], above: number[], at: number) {
  const [a = 0, b = 0, c = 0] = [line[at - 2], above[at], above[at - 2]]
  const estimate = a + b - c
  const [pa, pb, pc] = [a, b, c].map(it => Math.abs(estimate - it)) as [number, number, number]
  const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
  return (value - ([0, a, b, (a + b) >> 1, paeth][filter] as number)) & 255
}

test('data that PDF understands goes in as it is', () => {
  const picture = png()
  const start = picture.indexOf('IDAT') + 4
  const data = picture.subarray(start, start + picture.readUInt32BE(start - 8))
  assert.ok(Buffer.from(documentWith(picture)).includes(data))
})

test('a picture is decoded once for all documents that have it', () => {
  const image = openImage(png({ type: 4, rows: rowsOf(greys.map(grey => [grey, grey])) }))
  const embedded = () => {
    const context = PDFContext.create()
    return (context.lookup(image.embed(context)) as PDFRawStream).contents
  }
  assert.equal(embedded(), embedded())
})

test('texts in a picture do not go into the document', () => {
  const picture = png({ before: [chunk('tEXt', Buffer.from('Author\0somebody'))] })
  assert.equal(Buffer.from(documentWith(picture)).includes('somebody'), false)
})
