import { lineOf, linesOf, type TextLine } from '../pdf/text/line.ts'
import type { Invoice } from './schema.ts'
import { area, body, heading, type Sheet } from './sheet.ts'

const space = 22

/** Where to pay, and the note; as many pages as they take. */
export function drawRemarks(sheet: Sheet, { bank, note }: Invoice) {
  const { t } = sheet
  if (bank) drawRemark(sheet, t('お振込先', 'Bank details'), bank)
  if (note) drawRemark(sheet, t('備考', 'Note'), note)
}

/** A heading stays with the first two lines of its text. */
function drawRemark(sheet: Sheet, title: string, text: string) {
  const paragraphs = text.split('\n').map(part => linesOf(part, body, area.right - area.left))
  sheet.y += space
  sheet.keep(heading.leading + Math.min(2, paragraphs.flat().length) * body.leading)
  sheet.begin('H2')
  sheet.y = sheet.stack([lineOf(title, heading)], { x: area.left, top: sheet.y }, heading)
  for (const lines of paragraphs) drawParagraph(sheet, lines)
}

function drawParagraph(sheet: Sheet, lines: TextLine[]) {
  sheet.begin('P')
  for (const line of lines) {
    sheet.keep(body.leading)
    sheet.y = sheet.stack([line], { x: area.left, top: sheet.y }, body)
  }
}
