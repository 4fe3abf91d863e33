import type { TrueType } from './truetype.ts'

const views = new WeakMap<TrueType, DataView>()

function viewOf(font: TrueType): DataView {
  const view = views.get(font) ?? new DataView(font.file.buffer, font.file.byteOffset)
  views.set(font, view)
  return view
}

const hasWords = 0x0001
const hasScale = 0x0008
const hasMore = 0x0020
const hasTwoScales = 0x0040
const hasMatrix = 0x0080
const hasInstructions = 0x0100

/** Where a composite glyph names a part in the font's file, and what else is there. */
export type Part = { flags: number; place: number; next: number }

const none: Part[] = []

/** The parts of a glyph that is composed of others (OpenType, "glyf", composite glyph description). */
export function partsOf(font: TrueType, glyph: number): Part[] {
  const view = viewOf(font)
  const start = startOf(font, glyph)
  if (sizeOf(font, glyph) === 0 || view.getInt16(start) >= 0) return none
  const parts: Part[] = []
  let place = start + 10
  for (let flags = hasMore; flags & hasMore; ) {
    flags = view.getUint16(place)
    const next = place + 4 + (flags & hasWords ? 4 : 2) + scaleSize(flags)
    parts.push({ flags, place, next })
    place = next
  }
  return parts
}

function scaleSize(flags: number) {
  if (flags & hasScale) return 2
  if (flags & hasTwoScales) return 4
  return flags & hasMatrix ? 8 : 0
}

/** The glyph that a part names. */
export function glyphOf(font: TrueType, { place }: Part): number {
  return viewOf(font).getUint16(place + 2)
}

function startOf({ glyf, loca }: TrueType, glyph: number) {
  return glyf + (loca[glyph] as number)
}

function sizeOf({ loca }: TrueType, glyph: number) {
  return (loca[glyph + 1] as number) - (loca[glyph] as number)
}

/**
 * Writes a glyph's outline without its hints to `target` and gives where it ends. The parts of a
 * composite one get their new numbers.
 */
export function copyOutline(
  font: TrueType,
  glyph: number,
  numbers: Map<number, number>,
  target: Uint8Array,
  offset: number
): number {
  const size = sizeOf(font, glyph)
  if (size === 0) return offset
  const parts = partsOf(font, glyph)
  if (parts.length > 0) return copyComposite(font, glyph, parts, numbers, target, offset)
  return copySimple(font, startOf(font, glyph), size, target, offset)
}

function copySimple(
  font: TrueType,
  start: number,
  size: number,
  target: Uint8Array,
  offset: number
) {
  const view = viewOf(font)
  const lengthPlace = start + 10 + view.getInt16(start) * 2
  const hints = view.getUint16(lengthPlace)
  if (hints === 0) return copyAll(font, start, size, target, offset)
  const before = lengthPlace - start
  target.set(font.file.subarray(start, lengthPlace), offset)
  target[offset + before] = 0
  target[offset + before + 1] = 0
  const rest = font.file.subarray(lengthPlace + 2 + hints, start + size)
  target.set(rest, offset + before + 2)
  return offset + before + 2 + rest.length
}

function copyAll(font: TrueType, start: number, size: number, target: Uint8Array, offset: number) {
  target.set(font.file.subarray(start, start + size), offset)
  return offset + size
}

function copyComposite(
  font: TrueType,
  glyph: number,
  parts: Part[],
  numbers: Map<number, number>,
  target: Uint8Array,
  offset: number
) {
  const start = startOf(font, glyph)
  const end = (parts.at(-1) as Part).next
  target.set(font.file.subarray(start, end), offset)
  for (const part of parts) {
    const place = offset + part.place - start
    put16(target, place, part.flags & ~hasInstructions)
    put16(target, place + 2, numbers.get(glyphOf(font, part)) as number)
  }
  return offset + end - start
}

function put16(target: Uint8Array, place: number, value: number) {
  target[place] = value >> 8
  target[place + 1] = value & 255
}

/** No outline grows when it is copied. */
export function mostBytes(font: TrueType, glyphs: Iterable<number>): number {
  let total = 0
  for (const glyph of glyphs) total += sizeOf(font, glyph) + 3
  return total
}
