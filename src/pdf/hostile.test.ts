import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PDFDict, PDFDocument, type PDFHexString, PDFName } from 'pdf-lib'
import { needs } from '../../test/needs.ts'
import { faultsOf, textOf } from '../../test/proof.ts'
import { shownIn } from '../../test/shown.ts'
import { openDocument } from './document.ts'
import { linesOf } from './text/line.ts'
import { textOf as settingText } from './text/setting.ts'

const style = { size: 10 }
const open = () => openDocument({ title: '', language: 'ja', createdAt: new Date(0) })

/** Running text, sixty lines to a page. */
function flow(text: string, width = 500) {
  const document = open()
  const lines = linesOf(text, style, width)
  for (let start = 0; start < lines.length; start += 60) {
    const page = document.page()
    for (const [index, line] of lines.slice(start, start + 60).entries())
      page.put(line, { x: 50, y: 40 + index * 13 })
  }
  return { document, lines }
}

async function charactersIn(bytes: Uint8Array) {
  return (await shownIn(bytes)).reduce((sum, page) => sum + page.length, 0)
}

for (const [kind, text] of [
  ['letters without a space', 'W'.repeat(1_000_000)],
  ['kanji', '珈琲豆'.repeat(333_333)],
  ['signs that may not begin a line', '。'.repeat(1_000_000)],
  ['brackets that may not end one', '（'.repeat(1_000_000)],
  ['combining marks', `豆${'\u0301'.repeat(999_999)}`]
] as const)
  test(`a million ${kind} are set whole, in time`, { timeout: 60_000 }, async () => {
    const { document, lines } = flow(text)
    const bytes = document.save()
    assert.equal(
      lines.reduce((sum, { start, end }) => sum + end - start, 0),
      text.length
    )
    assert.equal(await charactersIn(bytes), text.length)
  })

test('a million spaces are one empty line', { timeout: 60_000 }, () => {
  assert.equal(flow(' '.repeat(1_000_000)).lines.length, 1)
})

test('one line of a hundred thousand characters is in the file, though the paper ends', {
  skip: needs('qpdf')
}, async () => {
  const document = open()
  document.page().text('請求書 A'.repeat(20_000), { x: 50, y: 50 }, style)
  const bytes = document.save()
  assert.equal(faultsOf(bytes), '')
  assert.equal(await charactersIn(bytes), 100_000)
})

test('a thousand pages are drawn, in time', { skip: needs('qpdf'), timeout: 60_000 }, () => {
  const { document } = flow('コーヒー豆の焙煎と抽出について、\n'.repeat(40_000))
  assert.equal(faultsOf(document.save()), '')
})

for (const width of [Number.NaN, Number.NEGATIVE_INFINITY, -5, 0, Number.POSITIVE_INFINITY])
  test(`lines of a width of ${width} lose nothing`, () => {
    const text = '豆 A。（1,234）……\n豆'
    const found = linesOf(text, style, width)
    const drawn = found.map(({ setting, start, end }) => settingText(setting, start, end)).join('')
    assert.equal(drawn.replace(/\s/g, ''), text.replace(/\s/g, ''))
  })

const wrong = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, -1e12]
for (const length of wrong)
  test(`a length of ${length} is refused wherever it comes up`, () => {
    const refused = (draw: (document: ReturnType<typeof open>) => void) => {
      const document = open()
      draw(document)
      assert.throws(() => document.save(), /: give finite numbers in points/)
    }
    const box = { x: 0, y: 0, width: 9, height: 9 }
    refused(document => document.page().text('豆', { x: length, y: 9 }, style))
    refused(document => document.page().text('豆', { x: 9, y: length }, style))
    refused(document => document.page().text('豆', { x: 9, y: 9 }, { size: length }))
    refused(document => document.page().rect({ ...box, width: length }, '#000000'))
    refused(document =>
      document.page().line({ x1: 0, y1: 0, x2: length, y2: 0, width: 1 }, '#000000')
    )
    refused(document =>
      document.page().line({ x1: 0, y1: 0, x2: 9, y2: 0, width: length }, '#000000')
    )
    refused(document => document.page().link({ ...box, y: length }, 'https://example.jp/'))
    refused(document => {
      const page = document.page()
      page.link(box, { page, y: length })
    })
    refused(document => document.bookmark('豆', 1, { page: document.page(), y: length }))
  })

test('an address stays an address, whatever is in it', { skip: needs('qpdf') }, async () => {
  const document = open()
  const page = document.page()
  const box = { x: 50, y: 50, width: 90, height: 12 }
  const addresses = [
    'https://example.jp/)/S/JavaScript/JS(app.alert(1)',
    'https://example.jp/((\\',
    'https://例え.jp/豆?q=焙 煎\ud800',
    `https://example.jp/${'a'.repeat(60_000)}`
  ]
  for (const address of addresses) page.link(box, address)
  const bytes = document.save()
  assert.equal(faultsOf(bytes), '')
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const found = (pdf.getPage(0).node.Annots()?.asArray() ?? []).map(ref => {
    const action = (pdf.context.lookup(ref) as PDFDict).lookup(PDFName.of('A')) as PDFDict
    assert.equal(String(action.get(PDFName.of('S'))), '/URI')
    return Buffer.from((action.get(PDFName.of('URI')) as PDFHexString).asBytes()).toString()
  })
  const escaped = 'https://%E4%BE%8B%E3%81%88.jp/%E8%B1%86?q=%E7%84%99%20%E7%85%8E%EF%BF%BD'
  assert.deepEqual(found, [addresses[0], addresses[1], escaped, addresses[3]])
})

test('what looks like a file within a file stays text', {
  skip: needs('pdftotext', 'qpdf')
}, () => {
  const lines = [
    'endstream endobj',
    '%%EOF startxref 0',
    '<< /Type /Catalog >>',
    ') Tj ET Q',
    '\\() \\n'
  ]
  const { document } = flow(lines.join('\n'))
  document.bookmark(') /A << /S /JavaScript >> (', 1, { page: document.page(), y: 0 })
  const bytes = document.save()
  assert.equal(faultsOf(bytes), '')
  assert.deepEqual(textOf(bytes)[0]?.trim().split('\n'), lines)
})

test('a document without pages is refused', () => {
  assert.throws(() => open().save(), /has no page/)
})
