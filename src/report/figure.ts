import { addElement } from '../pdf/structure.ts'
import type { Figure } from './block.ts'
import type { Frame } from './frame.ts'
import { addLines } from './paragraph.ts'
import { linesOf, setProse } from './prose.ts'
import { colours, small } from './style.ts'

const white = 12

/** A picture with its caption. */
export function layFigure(frame: Frame, { source, alt, caption }: Figure) {
  const { desk, galley, left, width, element } = frame
  desk.missingPictures.push(source)
  const owner = addElement(element, 'Figure', { alt: alt || caption || source.slice(0, 80) })
  const type = { ...small, colour: colours.soft }
  const prose = setProse([{ text: alt || caption || '—', look: 0 }], type)
  galley.space(white)
  galley.add({
    height: 8,
    keeps: true,
    draw: page => page.tag()
  })
  addLines({ ...frame, left: left + 10 }, prose, linesOf(prose, width - 20), owner, { type })
  galley.space(white)
}
