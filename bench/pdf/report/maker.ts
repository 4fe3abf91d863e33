import type { Block } from './block.ts'

/** Draws a report of the given parts. */
export type ReportMaker = (blocks: Block[]) => Promise<{ bytes: Uint8Array; pages: number }>

/** Each is a file here that exports `open`. */
export const reportMakers = {
  beanline: 'Beanline, from Markdown',
  naive: 'pdf-lib and fontkit, from finished lines',
  pdfmake: 'pdfmake',
  typst: 'Typst'
}
export type ReportName = keyof typeof reportMakers
