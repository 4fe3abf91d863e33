import assert from 'node:assert/strict'
import { pdfjsLinesOf } from './pdfjs.ts'
import { textOf } from './proof.ts'

/** The text of each page, as two readers find it that share no code. */
export const readers = {
  poppler: async (pdf: Uint8Array) => textOf(pdf),
  'pdf.js': async (pdf: Uint8Array) => (await pdfjsLinesOf(pdf)).map(lines => lines.join('\n'))
}

/** Text without spaces and line ends, which readers set by their own lights. */
export const wordless = (text: string) => text.replace(/\s/g, '')

/** That a text is the wanted one; where not, shows where they part. */
export function assertText(read: string, wanted: string) {
  const [ours, theirs] = [wordless(read), wordless(wanted)]
  let at = 0
  while (at < theirs.length && ours[at] === theirs[at]) at += 1
  assert.equal(ours.slice(at, at + 40), theirs.slice(at, at + 40), `from ${at}`)
  assert.equal(ours.length, theirs.length)
}
