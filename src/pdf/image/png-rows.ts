import { BadImage } from './bad-image.ts'
import type { Head } from './png-chunks.ts'

/** Rows of pixels within the unpacked data: all of them, or those of one pass of an interlaced picture. */
export type Pass = {
  /** Where in the data it begins. */
  offset: number
  rows: number
  /** Pixels of a row. */
  columns: number
  /** Bytes of a row, after the one that names its filter. */
  bytes: number
  /** Where in the picture its first pixel is, and how far apart they are. */
  x: number
  y: number
  dx: number
  dy: number
}

/** Adam7 (ISO/IEC 15948, 8.2): x, y, dx, dy. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2]
] as const

/** The passes of a picture, and how long its unpacked data must be. */
export function passesOf({ width, height, depth, channels, isInterlaced }: Head) {
  const grid = isInterlaced ? passes : ([[0, 0, 1, 1]] as const)
  let length = 0
  const found: Pass[] = []
  for (const [x, y, dx, dy] of grid) {
    const columns = Math.ceil((width - x) / dx)
    const rows = Math.ceil((height - y) / dy)
    if (columns <= 0 || rows <= 0) continue
    const bytes = Math.ceil((columns * channels * depth) / 8)
    found.push({ offset: length, rows, columns, bytes, x, y, dx, dy })
    length += rows * (bytes + 1)
  }
  return { passes: found, length }
}

/** Refuses filters that nobody has defined: readers of PDF would each make something else of them. */
export function checkFilters(raw: Buffer, { offset, rows, bytes }: Pass) {
  for (let row = 0; row < rows; row += 1)
    if ((raw[offset + row * (bytes + 1)] as number) > 4) throw new BadImage('broken')
}

/** Undoes the filters of a pass where it stands (ISO/IEC 15948, 9.2); `step` is the bytes of a pixel. */
export function unfilter(raw: Buffer, { offset, rows, bytes }: Pass, step: number) {
  const stride = bytes + 1
  let above = new Uint8Array(bytes)
  for (let row = 0; row < rows; row += 1) {
    const at = offset + row * stride
    const line = raw.subarray(at + 1, at + stride)
    undo(raw[at] as number, line, above, step)
    above = line as Uint8Array<ArrayBuffer>
  }
}

function undo(filter: number, line: Uint8Array, above: Uint8Array, step: number) {
  if (filter === 0) return
  for (let at = 0; at < line.length; at += 1) {
    const left = at >= step ? (line[at - step] as number) : 0
    const up = above[at] as number
    const corner = at >= step ? (above[at - step] as number) : 0
    line[at] = (line[at] as number) + predicted(filter, left, up, corner)
  }
}

function predicted(filter: number, left: number, up: number, corner: number) {
  if (filter === 1) return left
  if (filter === 2) return up
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
}

function paeth(left: number, up: number, corner: number) {
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner)
  ]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
