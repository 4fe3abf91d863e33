import { addElement } from '../pdf/structure.ts'
import type { Quote } from './block.ts'
import type { Frame } from './frame.ts'
import { withEach } from './galley.ts'
import { layBlocks } from './lay.ts'
import { colours } from './style.ts'

const indent = 16
const white = 10

/** A quotation behind a bar. */
export function layQuote(frame: Frame, { blocks }: Quote) {
  const { left, width, type } = frame
  const element = addElement(frame.element, 'BlockQuote')
  const galley = withEach(frame.galley, (page, top, height) => {
    page.rect({ x: left, y: top, width: 2.5, height: height + 0.2 }, colours.rule)
  })
  frame.galley.space(white)
  const quoted = { ...type, colour: colours.soft }
  const inside = { left: left + indent, width: width - indent, type: quoted }
  layBlocks({ ...frame, galley, element, isAside: true, ...inside }, blocks)
  frame.galley.space(white)
}
