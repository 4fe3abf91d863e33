import type { Element } from '../pdf/structure.ts'
import { linesOf } from '../pdf/text/line.ts'
import { area, baseline, body, type Sheet, small } from './sheet.ts'

/** The right column, in points: facts and issuer. */
export const column = { left: 350, width: area.right - 350 }
const labelWidths = { ja: 62, en: 70 }
const gap = 2

/** Labels and what they are about beside them; returns where they end. */
export function drawFacts(sheet: Sheet, facts: [string, string][], top: number) {
  const list = sheet.begin('L')
  return facts.reduce((y, fact) => drawFact(sheet, fact, y, list) + gap, top) - gap
}

function drawFact(sheet: Sheet, [label, value]: [string, string], top: number, list: Element) {
  const parent = sheet.begin('LI', { parent: list })
  const labelWidth = labelWidths[sheet.language]
  sheet.begin('Lbl', { parent })
  sheet.text(label, { x: column.left, y: baseline(top, body) }, small)
  sheet.begin('LBody', { parent })
  const lines = linesOf(value, body, column.width - labelWidth)
  return sheet.stack(lines, { x: column.left + labelWidth, top }, body)
}
