import { PDFiumLibrary } from '@hyzyla/pdfium'
import type { Picture } from './proof.ts'

/** The pages as pixels, drawn by PDFium, the engine in Chrome. */
export async function pdfiumPicturesOf(pdf: Uint8Array, dpi: number): Promise<Picture[]> {
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(pdf)
    const pictures: Picture[] = []
    for (const page of document.pages()) {
      const options = { scale: dpi / 72, render: 'bitmap', colorSpace: 'Gray' } as const
      const { width, height, data } = await page.render(options)
      pictures.push({ width, height, pixels: data })
    }
    document.destroy()
    return pictures
  } finally {
    library.destroy()
  }
}
