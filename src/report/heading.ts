import type { Page } from '../pdf/page.ts'
import { addElement, type Role } from '../pdf/structure.ts'
import { balancedLines } from '../pdf/text/phrase.ts'
import type { Heading } from './block.ts'
import type { Desk, Frame } from './frame.ts'
import { withFirst } from './galley.ts'
import { plainText } from './inline.ts'
import { addLines } from './paragraph.ts'
import { setProse } from './prose.ts'
import { colours, headings } from './style.ts'

/** A heading stays with what follows it; one of the report itself is listed in the contents, and has a bookmark. */
export function layHeading(frame: Frame, { level: written, pieces }: Heading) {
  const { desk, galley, width, element } = frame
  // One within a quote or a note may stand above all that the report itself has.
  const level = Math.max(1, written - desk.topLevel + 1)
  const type = headings[Math.min(level, headings.length) - 1] as (typeof headings)[number]
  const prose = setProse(pieces, type)
  const owner = addElement(element, `H${Math.min(level, 6)}` as Role)
  const listed = frame.isAside ? galley : withFirst(galley, entry(desk, plainText(pieces), level))
  galley.space(type.above)
  addLines({ ...frame, galley: listed }, prose, balancedLines(prose.setting, width), owner, {
    isKept: true,
    type
  })
  if (level === 1) underline(frame)
  galley.space(type.below)
}

function entry(desk: Desk, text: string, level: number) {
  const title = text.replaceAll('\n', ' ')
  return (page: Page, top: number) => {
    const target = { page, y: Math.max(0, top - 12) }
    desk.entries.push({ title, level, target })
    desk.document.bookmark(title, level, target)
  }
}

/** A rule below the headings of chapters. */
function underline({ galley, left, width }: Frame) {
  galley.space(4)
  galley.add({
    height: 1,
    keeps: true,
    draw(page, top) {
      page.tag()
      page.line({ x1: left, y1: top, x2: left + width, y2: top, width: 0.75 }, colours.accent)
    }
  })
}
