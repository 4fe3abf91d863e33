import { lineOf, linesOf } from '../pdf/text/line.ts'
import type { Invoice } from './schema.ts'
import { area, body, colours, type Sheet, type Type } from './sheet.ts'

const heading = { size: 9, leading: 17, weight: 'bold', colour: colours.accent } satisfies Type
const space = 26

/** Where to pay, and the note; as many pages as they take. */
export function drawRemarks(sheet: Sheet, { bank, note }: Invoice) {
  const { t } = sheet
  if (bank) drawRemark(sheet, t('お振込先', 'Bank details'), bank)
  if (note) drawRemark(sheet, t('備考', 'Note'), note)
}

/** A heading stays with the first two lines of its text. */
function drawRemark(sheet: Sheet, title: string, text: string) {
  const lines = linesOf(text, body, area.right - area.left)
  sheet.y += space
  sheet.keep(heading.leading + Math.min(2, lines.length) * body.leading)
  sheet.y = sheet.stack([lineOf(title, heading)], { x: area.left, top: sheet.y }, heading)
  for (const line of lines) {
    sheet.keep(body.leading)
    sheet.y = sheet.stack([line], { x: area.left, top: sheet.y }, body)
  }
}
