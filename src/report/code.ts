import type { Page } from '../pdf/page.ts'
import { addElement } from '../pdf/structure.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { type Setting, setText, widthOf } from '../pdf/text/setting.ts'
import { isPlaceToBreak } from '../pdf/text/wrap.ts'
import type { Code } from './block.ts'
import type { Frame } from './frame.ts'
import { withEach } from './galley.ts'
import { baseline, codeType, colours } from './style.ts'

const padding = { side: 10, end: 7 }
const white = 11
const tab = 4
const [lineFeed, blank] = [10, 32]
const type = codeType
/** A half-width character is half an em wide, a full-width one exactly twice as much. */
const cell = type.size / 2

/** How many cells further in a broken line goes on than it began, and of how many cells that is worth it. */
const [hanging, fewest] = [2, 24]

/** Code on a grid; a line that is too long goes on below, with a mark where it is broken. */
export function layCode(frame: Frame, { text }: Code) {
  const { galley, left, width, element } = frame
  const owner = addElement(addElement(element, 'P'), 'Code')
  const lines = gridLines(text, Math.max(2, Math.floor((width - 2 * padding.side) / cell)))
  const shaded = withEach(galley, (page, top, height) =>
    page.rect({ x: left, y: top, width, height: height + 0.2 }, colours.shade)
  )
  const end = { height: padding.end, draw() {} }
  galley.space(white)
  shaded.add({ ...end, keeps: true })
  for (const [index, { line, indent, isBroken }] of lines.entries())
    shaded.add({
      height: type.leading,
      keeps: index === 0 || index >= lines.length - 2,
      draw(page, top) {
        const y = baseline(top, type)
        page.tag(owner)
        page.put(line, { x: left + padding.side + indent * cell, y })
        if (isBroken) drawBreak(page, left + width - padding.side + 2, y)
      }
    })
  shaded.add(end)
  galley.space(white)
}

/** `indent` is where it begins, in cells. */
type GridLine = { line: TextLine; indent: number; isBroken: boolean }

function gridLines(text: string, columns: number): GridLine[] {
  const setting = setText(expandTabs(text), type)
  const { codes, widths, length } = setting
  const lines: GridLine[] = []
  let [start, used, indent, further] = [0, 0, 0, 0]
  function end(at: number, isBroken: boolean) {
    const line = { setting, start, end: at, width: widthOf(setting, start, at) }
    lines.push({ line, indent, isBroken })
    if (!isBroken) further = indentAfter(setting, at + 1, columns)
    indent = isBroken ? further : 0
    used = indent
  }
  further = indentAfter(setting, 0, columns)
  for (let at = 0; at < length; at += 1) {
    if (codes[at] === lineFeed) {
      end(at, false)
      start = at + 1
      continue
    }
    const cells = cellsOf(setting, at)
    if (used + cells > columns) {
      const cut = placeToCut(setting, start, at)
      end(cut, true)
      start = cut
      used += Math.round(widthOf(setting, cut, at) / cell)
    }
    widths[at] = cells * cell
    used += cells
  }
  end(length, false)
  return lines
}

/** Where a line goes on that begins at `start`, if it must. */
function indentAfter({ codes, length }: Setting, start: number, columns: number) {
  if (columns < fewest) return 0
  let at = start
  while (at < length && codes[at] === blank) at += 1
  return Math.min(at - start + hanging, Math.floor(columns / 2))
}

/** Between words if there is such a place in the last third, else anywhere. */
function placeToCut(setting: Setting, start: number, at: number) {
  const first = at - Math.floor((at - start) / 3)
  for (let place = at; place >= first && place > start; place -= 1)
    if (isPlaceToBreak(setting, place)) return place
  return at
}

function cellsOf({ widths }: Setting, at: number) {
  return (widths[at] as number) > cell * 1.3 ? 2 : 1
}

/** To the next multiple of four, as editors show them. */
function expandTabs(text: string) {
  if (!text.includes('\t')) return text
  let expanded = ''
  let column = 0
  for (const character of text) {
    const isTab = character === '\t'
    const wide = (character.codePointAt(0) as number) < 0x1100 ? 1 : 2
    const columns = isTab ? tab - (column % tab) : wide
    expanded += isTab ? ' '.repeat(columns) : character
    column = character === '\n' ? 0 : column + columns
  }
  return expanded
}

/** An arrow down and back. */
function drawBreak(page: Page, x: number, y: number) {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    page.line({ x1, y1, x2, y2, width: 0.6 }, colours.soft)
  const [high, low] = [y - 5, y - 1.5]
  line(x + 5, high, x + 5, low)
  line(x + 5, low, x, low)
  line(x, low, x + 2, low - 1.8)
  line(x, low, x + 2, low + 1.8)
}
