import type { Png } from './png-chunks.ts'
import { type Pass, passesOf, unfilter } from './png-rows.ts'

/** Pixels of 8 bits a sample; `alpha` is 255 where the picture hides what is below it. */
export type Pixels = { colours: Buffer; channels: 1 | 3; alpha?: Buffer }

/** Decodes what no reader of PDF can: transparency, 16 bits and interlacing. Changes `raw`. */
export function pixelsOf(png: Png, raw: Buffer): Pixels {
  const { width, height, colour } = png
  const channels = colour.startsWith('grey') ? 1 : 3
  const colours = Buffer.alloc(width * height * channels)
  const alpha = Buffer.alloc(width * height, 255)
  const step = Math.max(1, (png.channels * png.depth) / 8)
  const read = readerOf(png, raw, colours, alpha)
  for (const pass of passesOf(png).passes) {
    unfilter(raw, pass, step)
    for (let row = 0; row < pass.rows; row += 1) readRow(pass, row, width, read)
  }
  const isOpaque = alpha.every(value => value === 255)
  return { colours, channels, ...(isOpaque ? {} : { alpha }) }
}

/** Reads the pixel whose first sample is the `sample`-th of the row at `start`, into place `to`. */
type Read = (start: number, sample: number, to: number) => void

function readRow(
  { offset, columns, bytes, x, y, dx, dy }: Pass,
  row: number,
  width: number,
  read: Read
) {
  const start = offset + row * (bytes + 1) + 1
  const first = (y + row * dy) * width + x
  for (let column = 0; column < columns; column += 1) read(start, column, first + column * dx)
}

function readerOf(png: Png, raw: Buffer, colours: Buffer, alpha: Buffer): Read {
  const { channels, depth, colour, palette = Buffer.alloc(0), transparency } = png
  const sampleAt = samplerOf(raw, depth)
  const to8 = depth === 16 ? 1 / 257 : 255 / (2 ** depth - 1)
  const narrow = (sample: number) => Math.round(sample * to8)

  if (colour === 'palette')
    return (start, column, to) => {
      const index = sampleAt(start, column)
      for (let part = 0; part < 3; part += 1)
        colours[to * 3 + part] = palette[index * 3 + part] ?? 0
      alpha[to] = transparency?.[index] ?? 255
    }

  const parts = channels <= 2 ? 1 : 3
  const key = keyOf(transparency)
  return (start, column, to) => {
    let isKey = key.length === parts
    for (let part = 0; part < parts; part += 1) {
      const sample = sampleAt(start, column * channels + part)
      colours[to * parts + part] = narrow(sample)
      isKey &&= sample === key[part]
    }
    if (channels > parts) alpha[to] = narrow(sampleAt(start, column * channels + parts))
    else if (isKey) alpha[to] = 0
  }
}

/** Samples of a row: whole bytes, pairs of them, or parts from the highest bit on. */
function samplerOf(raw: Buffer, depth: number) {
  if (depth === 8) return (start: number, index: number) => raw[start + index] as number
  if (depth === 16) return (start: number, index: number) => raw.readUInt16BE(start + index * 2)
  const perByte = 8 / depth
  const mask = 2 ** depth - 1
  return (start: number, index: number) => {
    const byte = raw[start + Math.floor(index / perByte)] as number
    return (byte >> (8 - depth * ((index % perByte) + 1))) & mask
  }
}

/** The one colour that is to be seen through. */
function keyOf(transparency: Buffer | undefined): number[] {
  if (!transparency) return []
  return Array.from({ length: transparency.length >> 1 }, (_, part) =>
    transparency.readUInt16BE(part * 2)
  )
}
