import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFDocument } from 'pdf-lib'
import { needs } from '../../test/needs.ts'
import { faultsOf, fontsOf, textOf } from '../../test/proof.ts'
import { openDocument } from './document.ts'

const about = { title: '試し刷り', language: 'ja', createdAt: new Date('2026-11-23T00:00:00Z') }
const style = { size: 12 }

async function printed(...lines: string[]) {
  const document = openDocument(about)
  const page = document.page()
  for (const [index, line] of lines.entries())
    page.text(
      line,
      { x: 50, y: 50 + index * 30 },
      { size: 12, weight: index % 2 ? 'bold' : 'regular' }
    )
  return { bytes: document.save(), missing: [...document.missing] }
}

test('a character that the first font lacks comes from the next', {
  skip: needs('pdftotext', 'pdffonts')
}, async () => {
  const { bytes, missing } = await printed('珈琲≒☑😀𠮷髙﨑𩸽')
  assert.deepEqual(missing, [])
  assert.equal(textOf(bytes)[0]?.trim(), '珈琲≒☑😀𠮷髙﨑𩸽')
  const fonts = fontsOf(bytes).map(font => font.replace(/^[A-Z]{6}\+/, ''))
  const wanted = ['NotoSansJP-Regular', 'BIZUDPGothic-Regular', 'NotoEmoji-Regular']
  assert.deepEqual(
    fonts,
    wanted.map(name => `${name} yes yes yes`)
  )
})

test('a character that no font has is drawn as 〓 and listed once', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes, missing } = await printed('مرم豆', '〓م')
  assert.deepEqual(missing, ['م', 'ر'])
  assert.deepEqual(textOf(bytes)[0]?.trim().split('\n'), ['〓〓〓豆', '〓〓'])
})

test('joiners, emoji selectors, skin tones, keycaps and controls leave no mark', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes, missing } = await printed(
    '👨\u200d👩\u200d👧',
    '❤\ufe0f👍🏽1\ufe0f\u20e3',
    'a\u0000\u0007b\ud800c'
  )
  assert.deepEqual(missing, [])
  assert.deepEqual(textOf(bytes)[0]?.trim().split('\n'), ['👨👩👧', '❤👍1', 'abc'])
})

test('characters that share a glyph are copied as they were written', {
  skip: needs('pdftotext')
}, async () => {
  const lines = [
    '日曜',
    '力',
    '⽇曜',
    '⼒',
    '03-1234',
    '-',
    '03\u20111234',
    '\u2011',
    '葛\u{e0100}城',
    '',
    '葛城'
  ]
  const { bytes } = await printed(...lines)
  assert.deepEqual(textOf(bytes)[0]?.trim().split('\n'), lines.filter(Boolean))
})

test('the forms of ideographs in names are copied as they were written', {
  skip: needs('pdftotext')
}, async () => {
  const names = [
    '\ufa10塚',
    '神\ufa19',
    '\ufa1b福',
    '都\ufa26',
    '\ufa1a祥',
    '\ufa11崎',
    '\ufa30\ufa67'
  ]
  const { bytes, missing } = await printed(...names, '\ufa70並\u{2f800}')
  assert.deepEqual(missing, ['\ufa70', '\u{2f800}'])
  assert.deepEqual(textOf(bytes)[0]?.trim().split('\n'), [...names, '〓並〓'])
})

test('ligatures and digits are found as they were written', {
  skip: needs('pdftotext')
}, async () => {
  const { bytes } = await printed('office final TEL 03-1234-5678 ½ ﾊﾟ ①㈱')
  assert.equal(textOf(bytes)[0]?.trim(), 'office final TEL 03-1234-5678 ½ ﾊﾟ ①㈱')
})

test('a no-break space is drawn as a space, from the same font', {
  skip: needs('pdffonts')
}, async () => {
  const { bytes, missing } = await printed('10\u00a0kg 豆')
  assert.equal(fontsOf(bytes).length, 1)
  assert.deepEqual(missing, [])
})

test('the file is sound and all its fonts are embedded', {
  skip: needs('qpdf', 'pdffonts')
}, async () => {
  const { bytes } = await printed('請求書', 'Invoice', '≒', '😀')
  assert.equal(faultsOf(bytes), '')
  for (const font of fontsOf(bytes)) assert.match(font, /^[A-Z]{6}\+\S+ yes yes yes$/)
})

test('the same marks give the same bytes', async () => {
  const once = await printed('請求書', '≒😀')
  const again = await printed('請求書', '≒😀')
  assert.ok(Buffer.from(once.bytes).equals(again.bytes))
})

test('title, language and dates are in the file', async () => {
  const pdf = await PDFDocument.load((await printed('豆')).bytes, { updateMetadata: false })
  assert.equal(pdf.getTitle(), '試し刷り')
  assert.equal(pdf.getLanguage(), 'ja')
  assert.equal(pdf.catalog.getViewerPreferences()?.getDisplayDocTitle(), true)
  assert.deepEqual(pdf.getCreationDate(), about.createdAt)
  assert.deepEqual(pdf.getModificationDate(), about.createdAt)
})

test('widths add up', () => {
  const { measure } = openDocument(about)
  const text = '請求書 No. 1,234 ≒😀م葛\u{e0100}'
  const parts = ['請求書 No. 1,2', '34 ≒😀م葛\u{e0100}'].map(part => measure(part, style))
  assert.ok(Math.abs(measure(text, style) - parts.reduce((a, b) => a + b)) < 1e-9)
  assert.equal(measure('請求書', style), 36)
  assert.equal(measure('0123456789', style), measure('8888888888', style))
})

test('a length that is not a number is refused', () => {
  const document = openDocument(about)
  document.page().text('豆', { x: Number.NaN, y: 10 }, style)
  assert.throws(() => document.save(), /give finite numbers in points/)
})
