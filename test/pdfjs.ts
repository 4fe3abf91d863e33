import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The lines of text that pdf.js, the reader in Firefox, finds in a PDF; page by page, as they were drawn. */
export async function pdfjsLinesOf(pdf: Uint8Array, password?: string): Promise<string[][]> {
  // It keeps the bytes that it is given.
  const about = { data: pdf.slice(), verbosity: VerbosityLevel.ERRORS }
  const task = getDocument(password === undefined ? about : { ...about, password })
  try {
    const document = await task.promise
    const pages: string[][] = []
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      pages.push(linesOf(await page.getTextContent({ disableNormalization: true })))
    }
    return pages
  } finally {
    await task.destroy()
  }
}

type TextContent = { items: object[] }

function linesOf({ items }: TextContent): string[] {
  const lines = ['']
  for (const item of items) {
    if (!('str' in item && 'hasEOL' in item)) continue
    lines[lines.length - 1] += String(item.str)
    if (item.hasEOL) lines.push('')
  }
  return lines
}
