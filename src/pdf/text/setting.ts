import { type Face, faces, fontOf, type Weight } from '../font/fonts.ts'
import { cidOf } from '../font/truetype.ts'
import { fateOf, isAnySpace, isNothing, isSelector } from './formless.ts'
import { space } from './spacing.ts'

export type Colour = `#${string}`

/** How text looks; `size` in points, and `rise` is how far above its line it stands. */
export type Style = {
  size: number
  weight?: Weight
  colour?: Colour
  rise?: number
  isSlanted?: boolean
}

/** Text in one style. */
export type Span = { text: string; style: Style }

/**
 * Text ready to be set: for each character its code point, the font that has it, its number there, and
 * how far it moves on, in points. Line feeds stay in it, for `wrap`.
 */
export type Setting = {
  length: number
  codes: Uint32Array
  faces: Uint8Array
  cids: Uint16Array
  widths: Float32Array
  /** The style of the characters before `end`, as far back as the one before. */
  runs: { end: number; style: Style }[]
  /** What no font has; 〓 is set for it. */
  missing: Set<string>
}

/** Wishes for running text. */
export type Manner = {
  /**
   * A quarter of an em between Japanese and Latin (JIS X 4051, 四分アキ), and half an em less between
   * brackets, commas and full stops that follow each other (約物の連続): `」（` is no hole in a line.
   */
  isSpaced?: boolean
}

/** What most texts lack. */
const nothing = new Set<string>()

/** 〓, the printer's mark for a missing sort. */
const geta = 0x3013
const lineFeed = 10
const ordinarySpace = 32

export function set(spans: Span[], { isSpaced = false }: Manner = {}): Setting {
  const capacity = spans.reduce((sum, { text }) => sum + text.length, 0)
  const setting: Setting = {
    length: 0,
    ...arraysFor(capacity),
    runs: spans.map(({ style }) => ({ end: 0, style })),
    missing: nothing
  }
  for (const [index, { text, style }] of spans.entries()) {
    append(setting, text, style)
    ;(setting.runs[index] as Setting['runs'][number]).end = setting.length
  }
  if (isSpaced) space(setting)
  return setting
}

/** How many characters share their memory: small arrays of their own would take more than what is in them. */
const shared = 8192

let common = openArrays(shared)
let taken = 0

function openArrays(length: number) {
  return {
    codes: new Uint32Array(length),
    faces: new Uint8Array(length),
    cids: new Uint16Array(length),
    widths: new Float32Array(length)
  }
}

function arraysFor(length: number) {
  if (length > shared / 8) return openArrays(length)
  if (taken + length > shared) {
    common = openArrays(shared)
    taken = 0
  }
  const [start, end] = [taken, taken + length]
  taken = end
  return {
    codes: common.codes.subarray(start, end),
    faces: common.faces.subarray(start, end),
    cids: common.cids.subarray(start, end),
    widths: common.widths.subarray(start, end)
  }
}

export function setText(text: string, style: Style): Setting {
  return set([{ text, style }])
}

function append(setting: Setting, text: string, style: Style) {
  const chain = faces[style.weight ?? 'regular']
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index) as number
    index += code > 0xffff ? 2 : 1
    const fate = code === lineFeed ? 0 : fateOf(code)
    if (fate === isNothing || fate === isSelector) continue
    const selector = selectorAt(text, index)
    put(setting, fate === isAnySpace ? ordinarySpace : code, selector, chain, style.size)
  }
}

/** The selector that follows a character, which says what variant of it is meant (Unicode UTS #37). */
function selectorAt(text: string, index: number) {
  const unit = text.charCodeAt(index)
  if (unit !== 0xdb40 && (unit & 0xfff0) !== 0xfe00) return 0
  const code = text.codePointAt(index) as number
  return fateOf(code) === isSelector ? code : 0
}

function put(setting: Setting, code: number, selector: number, chain: Face[], size: number) {
  const at = setting.length
  setting.length += 1
  setting.codes[at] = code
  if (code === lineFeed) return
  for (const face of chain) {
    const font = fontOf(face)
    const cid = cidOf(font, code, selector)
    if (cid === 0) continue
    setting.faces[at] = face
    setting.cids[at] = cid
    setting.widths[at] = ((font.widths[cid] as number) * size) / 1000
    return
  }
  setting.length = at
  if (setting.missing === nothing) setting.missing = new Set()
  setting.missing.add(String.fromCodePoint(code))
  put(setting, geta, 0, chain, size)
}

/** The number of the run that a character is in. */
export function runAt({ runs }: Setting, at: number): number {
  let [low, high] = [0, runs.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle] as { end: number }).end <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** Width of a part in points. */
export function widthOf({ widths, length }: Setting, start = 0, end = length): number {
  let total = 0
  for (let at = start; at < end; at += 1) total += widths[at] as number
  return total
}

/** A part as text again, with the selectors that its font knows. */
export function textOf(setting: Setting, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += 1) {
    const font = fontOf(setting.faces[at] as Face)
    const selector = font.selectors[setting.cids[at] as number] as number
    text += String.fromCodePoint(setting.codes[at] as number)
    if (selector !== 0) text += String.fromCodePoint(selector)
  }
  return text
}
