import { addElement, type Element } from '../pdf/structure.ts'
import type { TextLine } from '../pdf/text/line.ts'
import { runAt } from '../pdf/text/setting.ts'
import type { Block, Paragraph } from './block.ts'
import { footnoteOf } from './footnote.ts'
import type { Desk, Frame } from './frame.ts'
import type { Footnote } from './galley.ts'
import { drawLine } from './line.ts'
import { linesOf, type Prose, setProse } from './prose.ts'
import { baseline, type Type } from './style.ts'

/** What the paragraph before it announces, and is not parted from. */
const led: Block['kind'][] = ['list', 'code', 'table', 'figure']

/** Running text; white around paragraphs stands for an indent of the first line. */
export function layParagraph(frame: Frame, { pieces }: Paragraph, next?: Block) {
  const { galley, width, type, element, white } = frame
  const leads = next !== undefined && led.includes(next.kind)
  const prose = setProse(pieces, type)
  galley.space(white)
  addLines(frame, prose, linesOf(prose, width, true), addElement(element, 'P'), { leads })
  galley.space(white)
}

type Manner = {
  /** Whether all of it keeps with what follows; or its last line, which `leads` to that. */
  isKept?: boolean
  leads?: boolean
  type?: Type
  align?: 'left' | 'center'
}

/** Lines as strips: at least two stay together at the top and at the bottom of a page, or all of them. */
export function addLines(
  frame: Frame,
  prose: Prose,
  lines: TextLine[],
  owner: Element,
  { isKept = false, leads = false, type = frame.type, align = 'left' }: Manner = {}
) {
  const { desk, galley, left, width } = frame
  const hasNotes = prose.pieces.some(({ note }) => note)
  for (const [index, line] of lines.entries()) {
    const isEdge = lines.length > 1 && (index === 0 || index === lines.length - 2)
    galley.add({
      height: type.leading,
      keeps: isKept || isEdge || (leads && index === lines.length - 1),
      ...(hasNotes ? { notes: notesIn(desk, prose, line) } : {}),
      draw(page, top) {
        const x = align === 'left' ? left : left + (width - line.width) / 2
        drawLine(page, { desk, prose, owner }, line, { x, y: baseline(top, type) })
      }
    })
  }
}

/** The notes whose marks are in a line. */
export function notesIn(desk: Desk, { setting, pieces }: Prose, line: TextLine): Footnote[] {
  if (line.end <= line.start) return []
  const last = runAt(setting, line.end - 1)
  const few = pieces.slice(runAt(setting, line.start), last + 1)
  return few.flatMap(({ note }) => (note ? [footnoteOf(desk, note)] : []))
}
