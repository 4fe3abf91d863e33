import { isBreakable, isSpace } from './kinsoku.ts'

/** What lines are made of: characters, and how far each moves on. */
export type Composed = { length: number; codes: Uint32Array; widths: Float32Array }

/** From which character to before which one. */
export type Line = { start: number; end: number; width: number }

const lineFeed = 10
/** What sums of floating-point widths may be off by, in points. */
const tolerance = 1e-3

/**
 * Breaks text into lines no wider than `width`, at the places where Japanese typesetting allows it
 * (JIS X 4051); what may not begin a line takes its predecessor along (追い出し). A word that is wider
 * than a line is broken anywhere. Spaces at a line's end are left out. The first line may be narrower.
 */
export function wrap(text: Composed, width: number, firstWidth = width): Line[] {
  const lines: Line[] = []
  let start = 0
  for (let end = 0; end <= text.length; end += 1) {
    if (end < text.length && text.codes[end] !== lineFeed) continue
    breakParagraph(text, start, end, width, start === 0 ? firstWidth : width, lines)
    start = end + 1
  }
  return lines
}

function breakParagraph(
  text: Composed,
  from: number,
  to: number,
  width: number,
  firstWidth: number,
  lines: Line[]
) {
  const { codes, widths } = text
  let [start, chance, used, room] = [from, from, 0, firstWidth]
  let before = 0
  let isApart = false
  for (let at = from; at < to; at += 1) {
    const code = codes[at] as number
    if (before !== 0 && isBreakable(before, code, isApart)) chance = at
    isApart = isSpace(code)
    if (!isApart) before = code
    used += widths[at] as number
    while (used > room + tolerance && at > start && !isApart) {
      const end = chance > start ? chance : at
      lines.push(lineOf(text, start, end))
      start = end
      room = width
      used = sum(widths, start, at + 1)
    }
  }
  lines.push(lineOf(text, start, to))
}

function lineOf({ codes, widths }: Composed, start: number, end: number): Line {
  let last = end
  while (last > start && isSpace(codes[last - 1] as number)) last -= 1
  return { start, end: last, width: sum(widths, start, last) }
}

function sum(widths: Float32Array, start: number, end: number) {
  let total = 0
  for (let at = start; at < end; at += 1) total += widths[at] as number
  return total
}
