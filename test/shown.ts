import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'

/** A character that a page shows: its font's name there, its code, and the glyph that the font has for it. */
export type Shown = { font: string; cid: number; glyph: number }

/** All characters that the content streams of our own files show, page by page. */
export async function shownIn(pdf: Uint8Array): Promise<Shown[][]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  return document.getPages().map(({ node }) => {
    const fonts = node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
    const content = node.Contents()
    if (!fonts || !(content instanceof PDFRawStream)) throw new Error('A page has no text.')
    const maps = new Map(fonts.keys().map(key => [key.decodeText(), glyphMapOf(fonts, key)]))
    return shownBy(Buffer.from(decodePDFRawStream(content).decode()).toString('latin1'), maps)
  })
}

function glyphMapOf(fonts: PDFDict, key: PDFName) {
  const font = fonts.lookup(key, PDFDict)
  const descendant = font.lookup(PDFName.of('DescendantFonts'), PDFArray).lookup(0, PDFDict)
  const map = descendant.lookup(PDFName.of('CIDToGIDMap'))
  if (!(map instanceof PDFRawStream)) throw new Error(`The font ${key} has no map of glyphs.`)
  return Buffer.from(decodePDFRawStream(map).decode())
}

const operators = /\/(?<font>\S+) \S+ Tf|<(?<codes>[0-9a-f]+)>/g

function shownBy(content: string, maps: Map<string, Buffer>): Shown[] {
  const shown: Shown[] = []
  let font = ''
  for (const { groups } of content.matchAll(operators)) {
    font = groups?.['font'] ?? font
    for (const [code] of (groups?.['codes'] ?? '').matchAll(/.{4}/g)) {
      const cid = Number.parseInt(code, 16)
      shown.push({ font, cid, glyph: maps.get(font)?.readUInt16BE(cid * 2) ?? 0 })
    }
  }
  return shown
}
