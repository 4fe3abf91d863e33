import { fontPaths } from '../fonts.ts'
import { load } from '../peers.ts'
import type { Block } from './block.ts'
import type { ReportMaker } from './maker.ts'

export async function open(): Promise<ReportMaker> {
  const { default: pdfmake } = await load('pdfmake')
  pdfmake.addFonts({ Noto: { normal: fontPaths.regular, bold: fontPaths.bold } })
  pdfmake.setUrlAccessPolicy?.(() => false)
  pdfmake.setLocalAccessPolicy?.((path: string) => Object.values(fontPaths).includes(path))
  return async blocks => {
    let pages = 0
    const footer = (page: number, count: number) => {
      pages = count
      return { text: `${page} / ${count}`, alignment: 'right', margin: [0, 10, 56, 0] }
    }
    const definition = {
      pageSize: 'A4',
      pageMargins: [56, 56, 56, 56],
      defaultStyle: { font: 'Noto', fontSize: 10, lineHeight: 1.2 },
      footer,
      content: [{ toc: { title: { text: '目次' } } }, ...blocks.map(partOf)]
    }
    const bytes = new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
    return { bytes, pages }
  }
}

function partOf(block: Block) {
  const margin = [0, 4, 0, 4]
  if (block.kind === 'heading') {
    const { text, level } = block
    const pageBreak = level === 1 ? { pageBreak: 'before' } : {}
    return {
      text,
      bold: true,
      fontSize: level === 1 ? 18 : 13,
      tocItem: true,
      margin,
      ...pageBreak
    }
  }
  if (block.kind === 'paragraph') return { text: block.text, margin }
  if (block.kind === 'list') return { ul: block.items, margin }
  return { table: { headerRows: 1, widths: ['*', '*', '*', '*'], body: block.rows }, margin }
}
