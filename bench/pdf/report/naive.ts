import * as fontkit from '@cantoo/fontkit'
import { PDFDocument, type PDFFont } from 'pdf-lib'
import { fontBytes } from '../fonts.ts'
import { height, width } from '../pieces.ts'
import type { ReportMaker } from './maker.ts'

const margin = 56
const room = width - 2 * margin

/** What one writes around `drawText`: characters are put on a line until it is full. */
export async function open(): Promise<ReportMaker> {
  return async blocks => {
    const bytes = fontBytes()
    const pdf = await PDFDocument.create()
    pdf.registerFontkit(fontkit as unknown as Parameters<typeof pdf.registerFontkit>[0])
    const regular = await pdf.embedFont(bytes.regular, { subset: true })
    const bold = await pdf.embedFont(bytes.bold, { subset: true })
    let page = pdf.addPage([width, height])
    let y = margin

    function put(text: string, x: number, size: number, font: PDFFont) {
      page.drawText(text, { x, y: height - y, size, font })
    }

    function turn(need: number) {
      if (y + need < height - margin) return
      page = pdf.addPage([width, height])
      y = margin
    }

    function flow(text: string, size: number, font: PDFFont, left = margin) {
      for (const line of linesOf(text, size, font, width - margin - left)) {
        turn(size * 1.7)
        y += size * 1.7
        put(line, left, size, font)
      }
      y += 6
    }

    function row(cells: string[]) {
      turn(18)
      y += 18
      for (const [index, cell] of cells.entries())
        put(cell, margin + (index * room) / 4, 10, regular)
      page.drawLine({
        start: { x: margin, y: height - y - 4 },
        end: { x: width - margin, y: height - y - 4 },
        thickness: 0.5
      })
    }

    for (const block of blocks) {
      if (block.kind === 'heading') {
        if (block.level === 1) turn(height)
        flow(block.text, block.level === 1 ? 18 : 13, bold)
      } else if (block.kind === 'paragraph') flow(block.text, 10, regular)
      else if (block.kind === 'list')
        for (const item of block.items) flow(`・${item}`, 10, regular, margin + 12)
      else for (const cells of block.rows) row(cells)
    }
    const pages = pdf.getPages()
    for (const [index, sheet] of pages.entries()) {
      const text = `${index + 1} / ${pages.length}`
      const x = width - margin - regular.widthOfTextAtSize(text, 8)
      sheet.drawText(text, { x, y: margin / 2, size: 8, font: regular })
    }
    return { bytes: await pdf.save(), pages: pages.length }
  }
}

/** As nearly all code around pdf-lib breaks lines: the line with one character more is measured. */
function linesOf(text: string, size: number, font: PDFFont, room: number) {
  const lines: string[] = []
  let line = ''
  for (const letter of text) {
    if (font.widthOfTextAtSize(line + letter, size) > room) {
      lines.push(line)
      line = ''
    }
    line += letter
  }
  return [...lines, line]
}
