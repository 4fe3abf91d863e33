import { isBreakable, isLoanword, isSpace } from './kinsoku.ts'

/** What lines are made of: characters, and how far each moves on. */
export type Composed = { length: number; codes: Uint32Array; widths: Float32Array }

/** From which character to before which one. */
export type Line = { start: number; end: number; width: number }

export type Wishes = {
  /** Of the first line, where it is not that of the others. */
  firstWidth?: number
  /** For lines that are not spread: a word in katakana is broken only if its line would be short without it. */
  keepsLoanwords?: boolean
  /** The last line of a paragraph takes some of the one before along if it would be narrower, in points. */
  leastEnd?: number
}

const lineFeed = 10
/** How much of a line must be left where a word in katakana goes to the next one whole. */
const leastLine = 0.4
/** How much of its width a line may give to a last one that is too narrow. */
const mostGiven = 0.07
/** What sums of floating-point widths may be off by, in points. */
const tolerance = 1e-3

/**
 * Breaks text into lines no wider than `width`, at the places where Japanese typesetting allows it
 * (JIS X 4051); what may not begin a line takes its predecessor along (追い出し). A word that is wider
 * than a line is broken anywhere. Spaces at a line's end are left out.
 */
export function wrap(text: Composed, width: number, wishes: Wishes = {}): Line[] {
  const lines: Line[] = []
  let start = 0
  for (let end = 0; end <= text.length; end += 1) {
    if (end < text.length && text.codes[end] !== lineFeed) continue
    breakParagraph(text, start, end, width, wishes, lines)
    start = end + 1
  }
  return lines
}

function breakParagraph(
  text: Composed,
  from: number,
  to: number,
  width: number,
  { firstWidth = width, keepsLoanwords = false, leastEnd = 0 }: Wishes,
  lines: Line[]
) {
  const { codes, widths } = text
  let [start, chance, used] = [from, from, 0]
  /** The last chance that is not in a word of katakana. */
  let whole = from
  let room = from === 0 ? firstWidth : width
  let before = 0
  let isApart = false
  for (let at = from; at < to; at += 1) {
    const code = codes[at] as number
    if (before !== 0 && isBreakable(before, code, isApart)) {
      chance = at
      if (isApart || !isLoanword(before, code)) whole = at
    }
    isApart = isSpace(code)
    if (!isApart) before = code
    used += widths[at] as number
    while (used > room + tolerance && at > start && !isApart) {
      const isWhole =
        keepsLoanwords && whole > start && sum(widths, start, whole) >= room * leastLine
      const end = isWhole ? whole : chance > start ? chance : at
      lines.push(trimmed(text, start, end))
      start = end
      room = width
      used = sum(widths, start, at + 1)
    }
  }
  lines.push(trimmed(text, start, to))
  if (start > from && leastEnd > 0) lengthenEnd(text, lines, leastEnd, width * mostGiven)
}

/** Two characters on a line of their own (ます。) look lost. */
function lengthenEnd(text: Composed, lines: Line[], least: number, most: number) {
  const [before, last] = lines.slice(-2) as [Line, Line]
  if (last.width >= least) return
  for (let at = last.start - 1; at > before.start; at -= 1) {
    const longer = trimmed(text, at, last.end)
    if (longer.width - last.width > most) return
    if (longer.width < least || !isPlaceToBreak(text, at)) continue
    lines.splice(-2, 2, trimmed(text, before.start, at), longer)
    return
  }
}

/** Whether a line may begin with the character at a place, by what is before it. */
export function isPlaceToBreak({ codes }: Pick<Composed, 'codes'>, at: number) {
  let last = at - 1
  while (last > 0 && isSpace(codes[last] as number)) last -= 1
  return isBreakable(codes[last] as number, codes[at] as number, last < at - 1)
}

/** A part as a line: without the spaces at its end. */
export function trimmed({ codes, widths }: Composed, start: number, end: number): Line {
  let last = end
  while (last > start && isSpace(codes[last - 1] as number)) last -= 1
  return { start, end: last, width: sum(widths, start, last) }
}

function sum(widths: Float32Array, start: number, end: number) {
  let total = 0
  for (let at = start; at < end; at += 1) total += widths[at] as number
  return total
}
