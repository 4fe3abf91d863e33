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
  type PDFObject,
  type PDFRawStream,
  PDFRef
} from 'pdf-lib'
import { needs } from '../../test/needs.ts'
import { faultsOf } from '../../test/proof.ts'
import { type Document, openDocument } from './document.ts'

const style = { size: 12 }
const name = PDFName.of

/** Two pages: a heading, a table, a paragraph over both, a link, a figure, and a page number that is no part. */
function draw(document: Document) {
  const [one, two] = [document.page(), document.page()]
  const { top, addElement } = document
  one.text('1 / 2', { x: 50, y: 800 }, style)
  one.tag(addElement(top, 'H1'))
  one.text('請求書', { x: 50, y: 50 }, style)
  const row = addElement(addElement(top, 'Table'), 'TR')
  one.tag(addElement(row, 'TH', { scope: 'Column' }))
  one.text('摘要', { x: 50, y: 100 }, style)
  one.tag(addElement(row, 'TD'))
  one.text('豆', { x: 100, y: 100 }, style)
  one.text('と水', { x: 100, y: 112 }, style)
  one.line({ x1: 50, y1: 110, x2: 200, y2: 110, width: 1 }, '#000000')
  const paragraph = addElement(top, 'P')
  one.tag(paragraph)
  one.text('続き', { x: 50, y: 780 }, style)
  two.tag(paragraph)
  two.text('ます。', { x: 50, y: 50 }, style)
  two.tag(addElement(paragraph, 'Link'))
  two.text('こちら', { x: 90, y: 50 }, style)
  two.link({ x: 90, y: 40, width: 36, height: 12 }, 'https://example.jp/')
  two.tag(paragraph)
  two.text('と', { x: 126, y: 50 }, style)
  two.tag(addElement(paragraph, 'Link'))
  two.text('あちら', { x: 140, y: 50 }, style)
  two.link({ x: 140, y: 40, width: 36, height: 12 }, { page: one, y: 0 })
  two.tag(addElement(top, 'Figure', { alt: '印影\ud800' }))
  two.figure([{ x: 50, y: 100, width: 9, height: 9 }], '#ff0000')
  two.tag()
  two.text('2 / 2', { x: 50, y: 800 }, style)
}

async function tagged() {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  draw(document)
  const bytes = document.save()
  return { bytes, pdf: await PDFDocument.load(bytes, { updateMetadata: false }) }
}

const { bytes, pdf } = await tagged()
const { context, catalog } = pdf
const root = catalog.lookup(name('StructTreeRoot'), PDFDict)
const kidsOf = (element: PDFDict) => {
  const kids = element.get(name('K'))
  const found = kids instanceof PDFRef ? context.lookup(kids) : kids
  if (found === undefined) return []
  return found instanceof PDFArray ? found.asArray() : [kids as PDFObject]
}
const dictionaryOf = (kid: PDFObject) =>
  kid instanceof PDFRef ? context.lookup(kid, PDFDict) : kid
const pageOf = (element: PDFDict) =>
  pdf.getPages().findIndex(page => page.ref === element.get(name('Pg')))

/** An element as `role(kids)`; a kid of its own is `page:mcid`, a link `page:link`. */
function shown(element: PDFDict): string {
  const kids = kidsOf(element).map(kid => {
    if (kid instanceof PDFNumber) return `${pageOf(element)}:${kid}`
    const dictionary = dictionaryOf(kid) as PDFDict
    const mcid = dictionary.get(name('MCID'))
    if (mcid) return `${pageOf(dictionary)}:${mcid}`
    return dictionary.has(name('Obj')) ? `${pageOf(dictionary)}:link` : shown(dictionary)
  })
  return `${(element.get(name('S')) as PDFName).decodeText()}(${kids.join(' ')})`
}

const contentOf = (page: number) =>
  Buffer.from(
    decodePDFRawStream(pdf.getPage(page).node.Contents() as PDFRawStream).decode()
  ).toString()

test('the parts of a document are told in reading order, each with its marks', () => {
  const [top] = kidsOf(root).map(kid => dictionaryOf(kid) as PDFDict)
  assert.equal(
    shown(top as PDFDict),
    'Document(H1(0:0) Table(TR(TH(0:1) TD(0:2))) P(0:3 1:0 Link(1:1 1:link) 1:2 Link(1:3 1:link)) Figure(1:4))'
  )
})

test('each part knows its parent', () => {
  const visit = (element: PDFDict, parent: PDFObject | undefined) => {
    if (parent) assert.equal(element.get(name('P')), parent)
    for (const kid of kidsOf(element)) {
      const dictionary = dictionaryOf(kid)
      if (!(dictionary instanceof PDFDict) || !dictionary.has(name('S'))) continue
      visit(dictionary, context.getObjectRef(element))
    }
  }
  visit(root, undefined)
})

test('marks and links find their part by the tree of parents', () => {
  const numbers = root.lookup(name('ParentTree'), PDFDict).lookup(name('Nums'), PDFArray).asArray()
  const entries = new Map<number, PDFObject>()
  for (let at = 0; at < numbers.length; at += 2)
    entries.set((numbers[at] as PDFNumber).asNumber(), context.lookup(numbers[at + 1]) as PDFObject)
  const keys = [...entries.keys()]
  assert.deepEqual(
    keys,
    keys.toSorted((a, b) => a - b)
  )
  const role = (ref: PDFObject | undefined) =>
    String((dictionaryOf(ref as PDFObject) as PDFDict).get(name('S')))
  const rolesOn = (page: number) => {
    const key = pdf.getPage(page).node.lookup(name('StructParents'), PDFNumber).asNumber()
    return (entries.get(key) as PDFArray).asArray().map(role)
  }
  assert.deepEqual(rolesOn(0), ['/H1', '/TH', '/TD', '/P'])
  assert.deepEqual(rolesOn(1), ['/P', '/Link', '/P', '/Link', '/Figure'])
  const links = pdf.getPage(1).node.Annots() as PDFArray
  const linkKeys = [0, 1].map(at =>
    links.lookup(at, PDFDict).lookup(name('StructParent'), PDFNumber).asNumber()
  )
  const owners = linkKeys.map(key =>
    dictionaryOf(context.getObjectRef(entries.get(key) as PDFObject) as PDFRef)
  )
  assert.deepEqual(
    owners.map(owner => String((owner as PDFDict).get(name('S')))),
    ['/Link', '/Link']
  )
  assert.notEqual(owners[0], owners[1])
  assert.equal(root.lookup(name('ParentTreeNextKey'), PDFNumber).asNumber(), keys.length)
})

test('links may be printed, as an archive must be', () => {
  const links = pdf.getPage(1).node.Annots() as PDFArray
  for (const at of [0, 1]) assert.equal(String(links.lookup(at, PDFDict).get(name('F'))), '4')
})

test('marks are held by their part, decoration is none', () => {
  const stretches = [
    ...contentOf(0).matchAll(/(\/\w+) (?:<<\/MCID (\d+)>>BDC|BMC)\n([\s\S]*?)EMC/g)
  ]
  assert.deepEqual(
    stretches.map(([, tag, mcid]) => [tag, mcid]),
    [
      ['/Artifact', undefined],
      ['/H1', '0'],
      ['/TH', '1'],
      ['/TD', '2'],
      ['/Artifact', undefined],
      ['/P', '3']
    ]
  )
  assert.match(stretches[4]?.[3] ?? '', / l\nS\n$/)
  const outside = contentOf(0)
    .replace(/\/\w+ (?:<<\/MCID \d+>>BDC|BMC)\n[\s\S]*?EMC/g, '')
    .trim()
  assert.equal(outside, '')
})

test('pictures say what they show, heads of tables what they head', () => {
  const all = context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter(object => object instanceof PDFDict)
  const figure = all.find(element => String(element.get(name('S'))) === '/Figure')
  assert.equal(figure?.lookup(name('Alt'), PDFHexString).decodeText(), '印影')
  const head = all.find(element => String(element.get(name('S'))) === '/TH')
  assert.match(String(head?.get(name('A'))), /\/O \/Table\s+\/Scope \/Column/)
})

test('a tagged file is sound and says that it is tagged', { skip: needs('qpdf') }, () => {
  assert.equal(faultsOf(bytes), '')
  assert.match(String(catalog.get(name('MarkInfo'))), /\/Marked true/)
  assert.equal(String(pdf.getPage(0).node.get(name('Tabs'))), '/S')
})

test('a document without parts has no structure', async () => {
  const document = openDocument({ title: '', language: 'ja', createdAt: new Date(0) })
  document.page().text('豆', { x: 50, y: 50 }, style)
  const plain = await PDFDocument.load(document.save(), { updateMetadata: false })
  assert.equal(plain.catalog.get(name('StructTreeRoot')), undefined)
  assert.equal(plain.catalog.get(name('MarkInfo')), undefined)
  assert.equal(plain.getPage(0).node.get(name('StructParents')), undefined)
})
