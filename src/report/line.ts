import type { Page } from '../pdf/page.ts'
import type { Box } from '../pdf/paint.ts'
import { addElement, type Element } from '../pdf/structure.ts'
import { isLatin } from '../pdf/text/kinsoku.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { runAt, type Setting, widthOf } from '../pdf/text/setting.ts'
import type { Desk } from './frame.ts'
import { targetOf } from './galley.ts'
import { code, emphasized, type Piece, struck } from './inline.ts'
import type { Prose } from './prose.ts'
import { colours } from './style.ts'

/** Part of a line that one piece makes up; `y` is the baseline. */
type Part = { piece: Piece; line: TextLine; x: number; y: number; size: number }

/** Draws a line of prose from `x` on; without an owner it is decoration. */
export function drawLine(
  page: Page,
  { desk, prose, owner }: { desk: Desk; prose: Prose; owner?: Element | undefined },
  line: TextLine,
  { x, y }: { x: number; y: number }
) {
  page.tag(owner)
  let left = x
  for (const { piece, line: part, size } of partsOf(prose, line)) {
    if (isPlain(piece)) page.put(part, { x: left, y })
    else drawPart(page, desk, { piece, line: part, x: left, y, size }, owner)
    left += part.width
  }
}

/** Bold and slanted text is all in the setting. */
function isPlain({ look, link, note }: Piece) {
  return (look & (code | struck | emphasized)) === 0 && !link && !note
}

/** The line, divided where something else than text must be drawn. */
function partsOf({ setting, pieces }: Prose, line: TextLine) {
  const [only] = pieces
  const parts: { piece: Piece; line: TextLine; size: number }[] = []
  if (pieces.length === 1 && only && isPlain(only)) return [{ piece: only, line, size: 0 }]
  const { runs } = setting
  let run = runAt(setting, line.start)
  for (let at = line.start; at < line.end; ) {
    const piece = pieces[run] as Piece
    const { size } = (runs[run] as Setting['runs'][number]).style
    let end = 0
    do end = Math.min(line.end, (runs[run++] as Setting['runs'][number]).end)
    while (end < line.end && isPlain(piece) && isPlain(pieces[run] as Piece))
    const width = widthOf(setting, at, end)
    if (end > at) parts.push({ piece, line: { ...line, start: at, end, width }, size })
    at = end
  }
  return parts
}

function drawPart(page: Page, desk: Desk, part: Part, owner?: Element) {
  const { piece, line, x, y, size } = part
  if (piece.look & code) page.rect(around(part, 1), colours.shade)
  if (owner) page.tag(elementFor(piece, owner))
  page.put(line, { x, y })
  const to = piece.note ? noteTarget(desk, piece) : piece.link
  if (to && owner) page.link(around(part, 0), to)
  if (piece.look & emphasized) drawDots(page, part)
  if (piece.look & struck) drawRule(page, part, y - size * 0.33, colours.ink)
  if (piece.link) drawRule(page, part, y + size * 0.2, colours.accent)
  page.tag(owner)
}

function elementFor({ look, link, note }: Piece, owner: Element) {
  if (link || note) return addElement(owner, 'Link')
  return look & code ? addElement(owner, 'Code') : owner
}

function noteTarget({ footnotes }: Desk, { note }: Piece) {
  const footnote = note && footnotes.get(note)
  return footnote && targetOf(footnote)
}

function around({ line, x, y, size }: Part, padding: number): Box {
  return {
    x: x - padding,
    y: y - size * 0.9,
    width: line.width + 2 * padding,
    height: size * 1.2
  }
}

function drawRule(page: Page, { line, x }: Part, y: number, colour: `#${string}`) {
  page.line({ x1: x, y1: y, x2: x + line.width, y2: y, width: 0.5 }, colour)
}

const sign = /[\p{P}\p{Z}\p{S}]/u

/** 圏点: Japanese has no italics, and marks what it emphasizes with a dot above each character. */
function drawDots(page: Page, { line: { setting, start, end }, x, y, size }: Part) {
  const dots: Box[] = []
  const side = size * 0.15
  let left = x
  for (let at = start; at < end; at += 1) {
    const middle = left + size / 2 - side / 2
    left += setting.widths[at] as number
    const character = setting.codes[at] as number
    if (isLatin(character) || sign.test(String.fromCodePoint(character))) continue
    dots.push({ x: middle, y: y - size * 1.08, width: side, height: side })
  }
  page.tag()
  if (dots.length > 0) page.figure(dots, colours.ink)
}
