import { fontOf } from '../font/fonts.ts'
import { isSpace } from './kinsoku.ts'
import type { TextLine } from './line.ts'
import { runAt, type Setting } from './setting.ts'

/** How much more a space between words takes than a gap between Japanese characters. */
const weightOfSpace = 3
/**
 * In ems: a line that would need more stays ragged. Programs that read text out of a PDF take a wider gap
 * between Japanese characters for a space, and people a wider space for a hole.
 */
const [mostInGap, mostInSpace] = [0.09, 1]
const lineFeed = 10
/** Where full-width signs begin: what is below is set closely. */
const firstWide = 0x2e80

/**
 * Spreads the lines of running text to `width` (JIS X 4051, 行の調整処理): between words, and between
 * Japanese characters, never inside a word. The last line of a paragraph, and one that a person has broken,
 * stay as they are. Changes the setting's widths, so that a line can be spread once.
 */
export function justify(lines: TextLine[], width: number): TextLine[] {
  for (const line of lines) if (!endsItself(line)) spread(line, width)
  return lines
}

function endsItself({ setting: { codes, length }, end }: TextLine) {
  let next = end
  while (next < length && isSpace(codes[next] as number)) next += 1
  return next >= length || codes[next] === lineFeed
}

function spread(line: TextLine, width: number) {
  const { setting, start, end } = line
  trim(line)
  const slack = width - line.width
  const { spaces, gaps } = count(setting, start, end)
  const unit = slack / (spaces * weightOfSpace + gaps)
  const { size } = (setting.runs[runAt(setting, start)] as Setting['runs'][number]).style
  const most = gaps > spaces ? mostInGap : mostInSpace / weightOfSpace
  if (!(slack > 0) || !(unit <= most * size)) return
  const { codes, widths } = setting
  for (let at = start; at < end - 1; at += 1) {
    const kind = kindOf(codes[at] as number, codes[at + 1] as number)
    if (kind !== 0) widths[at] = (widths[at] as number) + unit * kind
  }
  line.width = width
  if (gaps * 2 > end - start) line.spacing = unit
}

/** Takes away the quarter of an em after the last character, which stands for nothing at a line's end. */
function trim(line: TextLine) {
  const { setting } = line
  const last = line.end - 1
  if (last < line.start) return
  const { style } = setting.runs[runAt(setting, last)] as Setting['runs'][number]
  const font = fontOf(setting.faces[last] as number)
  const own = ((font.widths[setting.cids[last] as number] as number) * style.size) / 1000
  const extra = (setting.widths[last] as number) - own
  if (extra <= 0.01) return
  setting.widths[last] = own
  line.width -= extra
}

function count({ codes }: Setting, start: number, end: number) {
  let [spaces, gaps] = [0, 0]
  for (let at = start; at < end - 1; at += 1) {
    const kind = kindOf(codes[at] as number, codes[at + 1] as number)
    if (kind === 1) gaps += 1
    else if (kind !== 0) spaces += 1
  }
  return { spaces, gaps }
}

/** What the room after a character counts. */
function kindOf(code: number, next: number) {
  if (code === 0x20) return weightOfSpace
  if (next === 0x20) return 0
  return code >= firstWide || next >= firstWide ? 1 : 0
}
