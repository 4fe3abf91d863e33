import { PDFiumLibrary } from '@hyzyla/pdfium'
import { writePng } from './image/png-write.ts'

/** Pixels, for a picture half as wide on a screen whose pixels are small. */
const width = 680
/** A page that is longer is no page of ours, and could take all memory. */
const longest = 4 * width

let library: Promise<PDFiumLibrary> | undefined

/** The first page of a PDF as a PNG. Takes 0.1 s that block its thread; throws when the PDF can't be read or has a password. */
export async function drawFirstPage(pdf: Uint8Array): Promise<Uint8Array> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(pdf)
  try {
    const page = document.getPage(0)
    const { originalWidth, originalHeight } = page.getOriginalSize()
    const scale = width / originalWidth
    if (!(originalHeight * scale <= longest))
      throw new Error(`A page of ${originalWidth} by ${originalHeight} points is too long to draw.`)
    const drawn = await page.render({ scale, render: 'bitmap' })
    return writePng(drawn.width, drawn.height, drawn.data)
  } finally {
    document.destroy()
  }
}

/** What the thread of `painter.ts` does. */
export default drawFirstPage
