import type { Frame } from './frame.ts'
import { colours } from './style.ts'

const white = 16

/** A short rule in the middle, where the text turns to something else. */
export function layDivider({ galley, left, width }: Frame) {
  galley.space(white)
  galley.add({
    height: 1,
    draw(page, top) {
      page.tag()
      const middle = left + width / 2
      page.line({ x1: middle - 40, y1: top, x2: middle + 40, y2: top, width: 0.75 }, colours.rule)
    }
  })
  galley.space(white)
}
