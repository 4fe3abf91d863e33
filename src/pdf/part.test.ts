import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFRawStream,
  PDFRef
} from 'pdf-lib'
import { greyJpeg } from '../../test/picture.ts'
import { openDocument } from './document.ts'
import { openImage } from './image/image.ts'
import { join, openPart } from './part.ts'

const about = { title: '', language: 'ja', createdAt: new Date(0) }
const logo = openImage(greyJpeg())
const square = { x: 300, y: 50, width: 20, height: 20 }
const name = PDFName.of

/** A page with a picture in the middle of its text, or one with text alone. */
function documentOf(title: string, alt?: string) {
  const document = openDocument(about)
  const page = document.page()
  const paragraph = document.addElement(document.top, 'P')
  page.tag(paragraph)
  page.text(title, { x: 50, y: 50 }, { size: 12 })
  if (alt) {
    page.tag(document.addElement(document.top, 'Figure', { alt }))
    page.image(document.image(logo), square)
    page.figure([{ ...square, y: 100 }], '#000000')
  }
  page.tag(paragraph)
  page.text('ます。', { x: 50, y: 70 }, { size: 12 })
  return document
}

const parts = [['一', '二'], ['三']].map(titles => {
  const part = openPart()
  for (const title of titles)
    part.add(documentOf(title, title === '二' ? undefined : `${title}の絵`), title)
  return part.close()
})
const pdf = await PDFDocument.load(join(about, parts, [logo]), { updateMetadata: false })

function contentOf(page: number) {
  const content = pdf.getPage(page).node.lookup(name('Contents')) as PDFRawStream
  return Buffer.from(decodePDFRawStream(content).decode()).toString('latin1')
}

/** Each stretch of a page with its role and number, and whether it is a picture. */
function stretchesOf(page: number) {
  const stretches = contentOf(page).matchAll(/\/(\w+) <<\/MCID (\d)>>BDC\n([\s\S]*?)\nEMC/g)
  return Array.from(stretches, ([, role, mcid, marks = '']) => [
    role,
    Number(mcid),
    / Do\n/.test(marks) && !marks.includes('BT')
  ])
}

/** The sections of the document: the numbers of their own stretches, and their pictures. */
function sectionsOf() {
  const root = pdf.catalog.lookup(name('StructTreeRoot'), PDFDict)
  const kidsOf = (element: PDFDict) => element.lookup(name('K'), PDFArray).asArray()
  const section = (element: PDFDict) =>
    kidsOf(element).map(kid => {
      if (kid instanceof PDFNumber) return kid.asNumber()
      const figure = pdf.context.lookup(kid, PDFDict)
      const [mcid] = kidsOf(figure)
      const alt = figure.lookup(name('Alt'), PDFHexString).decodeText()
      return [alt, (mcid as PDFNumber).asNumber()]
    })
  return kidsOf(root.lookup(name('K'), PDFDict)).map(kid =>
    section(pdf.context.lookup(kid, PDFDict))
  )
}

test('a page of a whole is one stretch, but for its pictures, which say what they show', () => {
  const torn = [
    ['Sect', 0, false],
    ['Figure', 1, true],
    ['Sect', 2, false]
  ]
  assert.deepEqual([0, 1, 2].map(stretchesOf), [torn, [['Sect', 0, false]], torn])
  assert.deepEqual(sectionsOf(), [[0, ['一の絵', 1], 2], [0], [0, ['三の絵', 1], 2]])
})

test('each stretch finds its way back to its element', () => {
  const { context } = pdf
  const root = pdf.catalog.lookup(name('StructTreeRoot'), PDFDict)
  const numbers = root.lookup(name('ParentTree'), PDFDict).lookup(name('Nums'), PDFArray)
  const rolesOn = (page: number) => {
    const key = pdf.getPage(page).node.lookup(name('StructParents'), PDFNumber).asNumber()
    const refs = numbers.lookup(2 * key + 1, PDFArray).asArray()
    return refs.map(ref => {
      assert.ok(ref instanceof PDFRef)
      return String(context.lookup(ref, PDFDict).get(name('S')))
    })
  }
  assert.deepEqual([0, 1].map(rolesOn), [['/Sect', '/Figure', '/Sect'], ['/Sect']])
})

test('pictures that the whole does not know are refused', () => {
  assert.throws(() => join(about, parts), /pictures that the whole does not know/)
})
