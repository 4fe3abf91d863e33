import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { pictures } from '../../examples/pictures/files.ts'
import { needs } from '../../test/needs.ts'
import { dataUrl, greyJpeg, jpeg, png } from '../../test/picture.ts'
import { faultsOf, inkIn, picturesOf, type Word, wordsOf } from '../../test/proof.ts'
import type { Language } from '../language.ts'
import { type Document, openDocument } from '../pdf/document.ts'
import type { Box } from '../pdf/paint.ts'
import { draw, drawInvoice } from './pdf.ts'
import { checkInvoice } from './rules.ts'
import type { Invoice } from './schema.ts'

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const skip = needs('pdftoppm', 'qpdf')

const black = dataUrl(png({ rows: Buffer.alloc(6) }))
const white = dataUrl(png({ rows: Buffer.from([0, 255, 255, 0, 255, 255]) }))

async function drawn(changes: Partial<Invoice>) {
  const whole = { ...invoice, ...changes }
  return (await draw({ invoice: whole, language: 'ja', createdAt: new Date(0) })).bytes
}

test('a sound picture is no problem, a broken one is a problem of its field', () => {
  assert.deepEqual(checkInvoice({ ...invoice, logo: dataUrl(greyJpeg()), seal: black }), [])
  const cut = dataUrl(png().subarray(0, 50))
  const html = `data:image/png;base64,${Buffer.from('<html>').toString('base64')}`
  const problems = checkInvoice({ ...invoice, logo: cut, seal: html })
  assert.deepEqual(
    problems.map(({ path, sentence }) => [path, sentence.ja.split('。')[0]]),
    [
      ['logo', '画像が途中で切れています'],
      ['seal', 'PNGまたはJPEGの画像ではありません']
    ]
  )
})

test('the pictures of the examples are sound, and their seal has a clear ground', () => {
  assert.deepEqual(checkInvoice({ ...invoice, ...pictures }), [])
  const { seal } = pictures
  // Colour type 6: with alpha.
  assert.equal(Buffer.from(seal.slice(seal.indexOf(',') + 1), 'base64')[25], 6)
})

test('a picture of more than eight million pixels is refused before it is unpacked', () => {
  const [{ path, sentence } = { path: '', sentence: { en: '' } }] = checkInvoice({
    ...invoice,
    seal: dataUrl(png({ width: 4001, height: 2000 }))
  })
  assert.equal(path, 'seal')
  assert.match(sentence.en, /too many pixels/)
})

test('logo and seal are printed, each in its own proportions', { skip }, async () => {
  const wide = { width: 4, height: 1, rows: Buffer.alloc(5) }
  const pdf = await drawn({ logo: dataUrl(png(wide)), seal: black })
  assert.equal(faultsOf(pdf), '')
  const [page] = picturesOf(pdf, 72)
  const plain = picturesOf(await drawn({}), 72)[0]
  assert.ok(page && plain)
  // 144 by 36 points of the logo, and a square of 58 but for the text on it.
  const solid = page.pixels.filter(grey => grey < 16).length
  assert.ok(solid > 144 * 36 + 58 * 58 - 900, String(solid))
  assert.ok(solid < 144 * 36 + 58 * 58 + 900, String(solid))
})

test('the name of the issuer is printed over the seal, even over a white one', {
  skip
}, async () => {
  const name = { left: 350, right: 450, top: 130, bottom: 150 }
  const [covered] = picturesOf(await drawn({ seal: white }), 150)
  const [plain] = picturesOf(await drawn({}), 150)
  assert.ok(covered && plain)
  const [over, alone] = [inkIn(covered, name, 150), inkIn(plain, name, 150)]
  assert.ok(alone > 1000)
  assert.ok(Math.abs(over / alone - 1) < 0.001, `${over} of ${alone}`)
})

/** The words over which the seal lies. */
function stamped(changes: Partial<Invoice>, language: Language): string[] {
  const document = openDocument({ title: '', language, createdAt: new Date(0) })
  const boxes: Box[] = []
  const page = () => {
    const page = document.page()
    const image = (_: string, box: Box) => void boxes.push(box)
    return Object.assign(page, { image })
  }
  drawInvoice({ ...document, page } as Document, { ...invoice, seal: black, ...changes }, language)
  const [{ x, y, width, height } = { x: 0, y: 0, width: 0, height: 0 }] = boxes
  const [words = []] = wordsOf(document.save())
  const isOver = ({ left, right, top, bottom }: Word) => {
    const white = (bottom - top) / 5
    return left < x + width && right > x && top + white < y + height && bottom - white > y
  }
  return words.filter(isOver).map(({ text }) => text)
}

test('the seal lies over the end of the name and over nothing else', {
  skip: needs('pdftotext')
}, () => {
  const { name, address, registrationNumber } = invoice.issuer
  const short = { name, address: address.replace('\n', ''), registrationNumber }
  for (const language of ['ja', 'en'] as const)
    for (const issuer of [invoice.issuer, short])
      assert.deepEqual(stamped({ issuer }, language), [name])
  const long = { ...short, name: '一般社団法人全国コーヒー文化振興協会北海道支部' }
  assert.deepEqual(stamped({ issuer: long }, 'ja'), [long.name.slice(0, 14)])
})

test('a CMYK logo takes the claim to be an archive away', { skip }, async () => {
  const claims = async (changes: Partial<Invoice>) =>
    Buffer.from(await drawn(changes)).includes('pdfaid:part')
  assert.equal(await claims({ logo: dataUrl(jpeg('-jpegcmyk')) }), false)
  assert.equal(await claims({ logo: dataUrl(jpeg('-jpeg')) }), true)
})
