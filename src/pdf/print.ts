import {
  beginText,
  endText,
  fill,
  lineTo,
  moveTo,
  PDFDocument,
  type PDFFont,
  PDFName,
  type PDFOperator,
  type PDFPage,
  rectangle,
  setFillingRgbColor,
  setFontAndSize,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  showText,
  stroke
} from 'pdf-lib'
import { type About, type Box, type Colour, type Mark, paper, type Rule } from './document.ts'
import { embed, type Face } from './face.ts'

type Fonts = Map<Face, { key: string; font: PDFFont }>
type TextMark = Extract<Mark, { kind: 'text' }>

/** Turns marks into the bytes of a PDF. */
export async function print(about: About, pages: Mark[][], faces: Face[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  describe(pdf, about)
  const fonts: Fonts = new Map()
  for (const [index, face] of faces.entries())
    fonts.set(face, { key: `F${index + 1}`, font: await embed(pdf, face) })
  for (const marks of pages) printPage(pdf.addPage([paper.width, paper.height]), marks, fonts)
  return pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY
  })
}

function describe(pdf: PDFDocument, { title, language, author, createdAt }: About) {
  pdf.setTitle(title, { showInWindowTitleBar: true })
  if (author) pdf.setAuthor(author)
  pdf.setLanguage(language)
  pdf.setCreator('Beanline')
  pdf.setProducer('Beanline (pdf-lib)')
  pdf.setCreationDate(createdAt)
  pdf.setModificationDate(createdAt)
}

function printPage(page: PDFPage, marks: Mark[], fonts: Fonts) {
  for (const { key, font } of fonts.values()) page.node.setFontDictionary(PDFName.of(key), font.ref)
  page.pushOperators(...marks.flatMap(mark => operators(mark, fonts)))
}

function operators(mark: Mark, fonts: Fonts): PDFOperator[] {
  if (mark.kind === 'text') return textOperators(mark, fonts)
  return mark.kind === 'rect' ? rectOperators(mark) : lineOperators(mark)
}

function textOperators({ x, y, size, pieces, colour }: TextMark, fonts: Fonts) {
  const shown = pieces.flatMap(({ face, text }) => {
    const { key, font } = fonts.get(face) as { key: string; font: PDFFont }
    return [setFontAndSize(key, size), showText(font.encodeText(text))]
  })
  const start = setTextMatrix(1, 0, 0, 1, round(x), fromBottom(y))
  return [setFillingRgbColor(...rgb(colour)), beginText(), start, ...shown, endText()]
}

function rectOperators({ x, y, width, height, colour }: Box & { colour: Colour }) {
  const box = rectangle(round(x), fromBottom(y + height), round(width), round(height))
  return [setFillingRgbColor(...rgb(colour)), box, fill()]
}

function lineOperators({ x1, y1, x2, y2, width, colour }: Rule & { colour: Colour }) {
  return [
    setStrokingRgbColor(...rgb(colour)),
    setLineWidth(width),
    moveTo(round(x1), fromBottom(y1)),
    lineTo(round(x2), fromBottom(y2)),
    stroke()
  ]
}

/** A PDF measures y from the bottom. */
function fromBottom(y: number) {
  return round(paper.height - y)
}

/** A thousandth of a point is finer than any printer. */
function round(length: number) {
  if (Number.isFinite(length)) return Math.round(length * 1000) / 1000
  throw new Error(`A length in a document is ${length}: give finite numbers in points.`)
}

function rgb(colour: Colour): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  const part = (shift: number) => Math.round((((value >> shift) & 255) / 255) * 1000) / 1000
  return [part(16), part(8), part(0)]
}
