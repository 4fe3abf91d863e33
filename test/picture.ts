import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { openDocument } from '../src/pdf/document.ts'
import { openImage } from '../src/pdf/image/image.ts'
import { picturesOf } from './proof.ts'

/** Pictures for tests, right and wrong ones, and how they look in a document. */

const about = { title: 'Pictures', language: 'en', createdAt: new Date(0) }

type Making = {
  width?: number
  height?: number
  depth?: number
  /** As in the header: 0 grey, 2 RGB, 3 palette, 4 and 6 with alpha. */
  type?: number
  isInterlaced?: boolean
  /** Chunks between the header and the data. */
  before?: Buffer[]
  /** Rows, each with the number of its filter in front. */
  rows?: Buffer
}

export function chunk(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(body.length, 0)
  frame.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)])
}

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export function pngHead({ width = 2, height = 2, depth = 8, type = 0, isInterlaced }: Making = {}) {
  const body = Buffer.alloc(13)
  body.writeUInt32BE(width, 0)
  body.writeUInt32BE(height, 4)
  body.set([depth, type, 0, 0, isInterlaced ? 1 : 0], 8)
  return chunk('IHDR', body)
}

/** A PNG; without other wishes, one of 2 by 2 pixels: black and dark, light and white. */
export function png(making: Making = {}): Buffer {
  const { before = [], rows = Buffer.from([0, 0, 85, 0, 170, 255]) } = making
  const data = chunk('IDAT', deflateSync(rows))
  return Buffer.concat([pngSignature, pngHead(making), ...before, data, chunk('IEND')])
}

/** A JPEG from poppler, 32 by 16 pixels: black and dark above, light and white below. */
export function jpeg(...options: string[]): Buffer {
  const document = openDocument(about)
  const page = document.page()
  for (const [index, colour] of (['#000000', '#555555', '#aaaaaa'] as const).entries())
    page.rect({ x: (index % 2) * 16, y: index > 1 ? 8 : 0, width: 16, height: 8 }, colour)
  const folder = mkdtempSync(join(tmpdir(), 'picture-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, document.save())
    const window = ['-r', '72', '-x', '0', '-y', '0', '-W', '32', '-H', '16', '-singlefile']
    execFileSync('pdftoppm', [...window, ...options, file, join(folder, 'a')])
    return readFileSync(join(folder, 'a.jpg'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A document with nothing but the picture, 100 points wide and high. */
export function documentWith(bytes: Uint8Array, under?: '#000000'): Uint8Array {
  const document = openDocument(about)
  const page = document.page()
  const box = { x: 0, y: 0, width: 100, height: 100 }
  if (under) page.rect(box, under)
  page.image(document.image(openImage(bytes)), box)
  return document.save()
}

/** The grey of each quarter as a reader shows it: above left and right, below left and right. */
export function quartersOf(pdf: Uint8Array): number[] {
  const [picture] = picturesOf(pdf, 72)
  if (!picture) throw new Error('The document has no page.')
  const centres = [
    [25, 25],
    [75, 25],
    [25, 75],
    [75, 75]
  ] as const
  return centres.map(([x, y]) => picture.pixels[y * picture.width + x] as number)
}

export function segment(marker: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A grey JPEG of 16 by 16 pixels, four blocks of one grey each, coded by hand. */
export function greyJpeg(greys = [0, 85, 170, 255]): Buffer {
  const quantization = segment(0xdb, Buffer.from([0, ...Array(64).fill(8)]))
  const frame = segment(0xc0, Buffer.from([8, 0, 16, 0, 16, 1, 1, 0x11, 0]))
  // Twelve sizes of differences with 4 bits each; and one bit for the end of a block.
  const sizes = Array.from({ length: 12 }, (_, size) => size)
  const direct = segment(0xc4, Buffer.from([0, 0, 0, 0, 12, ...Array(12).fill(0), ...sizes]))
  const other = segment(0xc4, Buffer.from([0x10, 1, ...Array(15).fill(0), 0]))
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]))
  const parts = [quantization, frame, direct, other, scan, blocksOf(greys)]
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])])
}

function blocksOf(greys: number[]): Buffer {
  let bits = ''
  for (const [index, grey] of greys.entries()) {
    const difference = grey - (index === 0 ? 128 : (greys[index - 1] as number))
    const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1
    const value = difference < 0 ? difference + 2 ** size - 1 : difference
    bits += size.toString(2).padStart(4, '0') + (size ? value.toString(2).padStart(size, '0') : '')
    bits += '0'
  }
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g) ?? []
  // A byte of all ones in the data is followed by a zero.
  const escaped = bytes.flatMap(byte =>
    byte === '11111111' ? [255, 0] : [Number.parseInt(byte, 2)]
  )
  return Buffer.from(escaped)
}

/** Exif that says how the camera was held. */
export function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
  const tiff = Buffer.alloc(26)
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  tiff.write(order, 'latin1')
  short(42, 2)
  short(8, order === 'II' ? 4 : 6)
  short(1, 8)
  short(0x0112, 10)
  short(3, 12)
  short(1, order === 'II' ? 14 : 16)
  short(orientation, 18)
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))
}

/** A JPEG with more segments at its beginning. */
export function withSegments(picture: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([picture.subarray(0, 2), ...segments, picture.subarray(2)])
}

/** A JPEG whose frame says something else: a byte of it, counted from its precision. */
export function withFrame(picture: Buffer, change: (frame: Buffer) => void): Buffer {
  const changed = Buffer.from(picture)
  change(changed.subarray(changed.indexOf(Buffer.from([0xff, 0xc0])) + 4))
  return changed
}

export function dataUrl(picture: Buffer): string {
  const type = picture[0] === 0x89 ? 'png' : 'jpeg'
  return `data:image/${type};base64,${picture.toString('base64')}`
}
