import { isBreakable, isSpace } from './kinsoku.ts'
import { breakSetting, type TextLine } from './line.ts'
import type { Setting } from './setting.ts'
import { trimmed } from './wrap.ts'

/**
 * Titles, headings and names in lines of about the same width, broken between phrases. A phrase of Japanese mostly
 * ends in hiragana and the next begins with something else; a title without such places is broken anywhere.
 */
export function balancedLines(setting: Setting, width: number): TextLine[] {
  const plain = breakSetting(setting, width, { keepsLoanwords: true })
  if (plain.length === 1 || setting.codes.includes(lineFeed)) return plain
  const ends = phraseEnds(setting)
  let best = fill(setting, ends, width)
  if (!best || best.length > plain.length + 1) return plain
  for (let narrow = width * 0.95; narrow > width * 0.4; narrow -= width * 0.05) {
    const lines = fill(setting, ends, narrow)
    if (!lines || lines.length > best.length) break
    best = lines
  }
  return best
}

const lineFeed = 10

/** Where phrases end, and the text. */
function phraseEnds({ codes, length }: Setting): number[] {
  const ends: number[] = []
  for (let at = 1; at < length; at += 1) {
    const [before, after] = [codes[at - 1] as number, codes[at] as number]
    const isApart = isSpace(before)
    const isEnd = isApart || (isHiragana(before) ? !isHiragana(after) : endsPhrase.has(before))
    const last = isApart ? (codes[at - 2] ?? 0x20) : before
    if (isEnd && isBreakable(last, after, isApart)) ends.push(at)
  }
  return [...ends, length]
}

const endsPhrase = new Set(
  [...'、。・：；）」』】〉》―—'].map(sign => sign.codePointAt(0) as number)
)

function isHiragana(code: number) {
  return code >= 0x3041 && code <= 0x309f
}

/** Phrases in lines; nothing if one of them is wider than a line. */
function fill(setting: Setting, ends: number[], width: number): TextLine[] | undefined {
  const lines: TextLine[] = []
  let start = 0
  let previous = 0
  for (const end of [...ends, Number.POSITIVE_INFINITY]) {
    const isOver = end === Number.POSITIVE_INFINITY
    if (!isOver && trimmed(setting, start, end).width <= width) {
      previous = end
      continue
    }
    if (previous === start) return isOver ? lines : undefined
    lines.push({ setting, ...trimmed(setting, start, previous) })
    start = previous
    if (isOver) return lines
    if (trimmed(setting, start, end).width > width) return undefined
    previous = end
  }
  return lines
}
