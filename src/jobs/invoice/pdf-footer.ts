import type { Drawing } from '../../pdf/document.ts'
import { paper } from '../../pdf/document.ts'
import { hairline, left, right, soft, width } from './pdf-page.ts'
import type { Invoice } from './schema.ts'

const y = paper.height - 36

/** Page numbers on every page, when all of them are known. */
export function drawFooters(drawing: Drawing, { number }: Invoice) {
  drawing.pages.forEach((_, index) => {
    const place = `${index + 1} / ${drawing.pages.length}`
    drawing.pages[index]?.push({
      ...{ what: 'rule', x: left, y: y - 14, width, thickness: 0.5, colour: hairline }
    })
    drawing.textOn(index, left, y, number, { size: 8, colour: soft })
    drawing.textOn(index, right, y, place, { size: 8, colour: soft, align: 'right' })
  })
}
