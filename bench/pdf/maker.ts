/** Draws the sample invoice with a number of its own, so that nobody can hand out what was drawn before. */
export type Maker = (number: string) => Promise<Uint8Array>

/** Who draws; each is a file in `makers/` that exports `open`. */
export const makers = {
  beanline: 'Beanline',
  naive: 'pdf-lib and fontkit, fonts read for each document',
  'pdfkit-cached': 'PDFKit, fonts kept',
  pdfkit: 'PDFKit, fonts read for each document',
  pdfmake: 'pdfmake',
  typst: 'Typst, from a template',
  'typst-placed': 'Typst, from finished positions'
}
export type Name = keyof typeof makers
