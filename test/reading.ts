import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFRef } from 'pdf-lib'

/** A bookmark or a link, with the number of the page that it leads to, from 1. */
export type Way = { title: string; level: number; page: number }

/** The bookmarks of a PDF in the order in which readers list them. */
export async function outlineOf(bytes: Uint8Array): Promise<Way[]> {
  const pdf = await open(bytes)
  const ways: Way[] = []
  function walk(first: PDFDict | undefined, level: number) {
    for (let item = first; item; item = item.lookupMaybe(PDFName.of('Next'), PDFDict)) {
      const title = item.lookup(PDFName.of('Title'), PDFHexString).decodeText()
      ways.push({ title, level, page: pageOf(pdf, item) })
      walk(item.lookupMaybe(PDFName.of('First'), PDFDict), level + 1)
    }
  }
  const root = pdf.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict)
  walk(root?.lookupMaybe(PDFName.of('First'), PDFDict), 1)
  return ways
}

/** The links on each page: an address, or the number of the page that one leads to, from 1. */
export async function linksOf(bytes: Uint8Array): Promise<(string | number)[][]> {
  const pdf = await open(bytes)
  return pdf.getPages().map(page =>
    (page.node.Annots()?.asArray() ?? []).map(ref => {
      const link = pdf.context.lookup(ref, PDFDict)
      const action = link.lookupMaybe(PDFName.of('A'), PDFDict)
      return action ? String(action.get(PDFName.of('URI'))).slice(1, -1) : pageOf(pdf, link)
    })
  )
}

/** What the pictures of a PDF show, for those who have it read to them; in order. */
export async function altsOf(bytes: Uint8Array): Promise<string[]> {
  const { context } = await open(bytes)
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    const alt = object instanceof PDFDict && object.get(PDFName.of('Alt'))
    return alt instanceof PDFHexString ? [alt.decodeText()] : []
  })
}

function open(bytes: Uint8Array) {
  return PDFDocument.load(bytes, { updateMetadata: false })
}

function pageOf(pdf: PDFDocument, item: PDFDict) {
  const target = item.lookup(PDFName.of('Dest'), PDFArray).get(0) as PDFRef
  return pdf.getPages().findIndex(({ ref }) => ref === target) + 1
}
