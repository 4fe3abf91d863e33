import assert from 'node:assert/strict'
import { test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { needs } from '../../test/needs.ts'
import { dataUrl, png } from '../../test/picture.ts'
import { type Word, wordsOf } from '../../test/proof.ts'
import type { Language } from '../language.ts'
import { draw } from './pdf.ts'
import type { Invoice, InvoiceLine } from './schema.ts'

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const skip = needs('pdftotext')

/** Where words may be on an A4 page, in points; the white between them is for the eye. */
const print = { left: 50, right: 545.3, top: 54, bottom: 776 }
const footer = { left: 50, right: 545.3, top: 796, bottom: 812 }
const betweenParties = { left: 315, right: 349, top: 54, bottom: 776 }

const fullWidth = (length: number) => '豆'.repeat(length)
const latin = (length: number) => 'W'.repeat(length)

/** Words as they were drawn, page by page. */
async function wordsIn(invoice: Invoice, language: Language = 'ja') {
  const { bytes } = await draw({ invoice, language, createdAt: new Date(0) })
  return wordsOf(bytes).map(words => words.map(inked))
}

/** The box of a font is taller than its characters: a fifth of it is white above, and a fifth below. */
function inked({ top, bottom, ...word }: Word): Word {
  const white = (bottom - top) / 5
  return { ...word, top: top + white, bottom: bottom - white }
}

function assertTidy(pages: Word[][]) {
  for (const words of pages) {
    for (const word of words)
      assert.ok(isWithin(word, print) || isWithin(word, footer), `outside: ${shown(word)}`)
    for (const [index, word] of words.entries())
      for (const other of words.slice(index + 1))
        assert.ok(!isOver(word, other), `${shown(word)} is over ${shown(other)}`)
  }
}

type Area = Omit<Word, 'text'>

function isOver(one: Area, other: Area) {
  const isBeside = one.right <= other.left + tolerance || other.right <= one.left + tolerance
  const isApart = one.bottom <= other.top + tolerance || other.bottom <= one.top + tolerance
  return !isBeside && !isApart
}

function isWithin(word: Area, { left, right, top, bottom }: Area) {
  const isInWidth = word.left >= left - tolerance && word.right <= right + tolerance
  return isInWidth && word.top >= top - tolerance && word.bottom <= bottom + tolerance
}

/** In points: less than anyone sees. */
const tolerance = 0.1

function shown({ text, left, top, right, bottom }: Word) {
  const box = [left, top, right, bottom].map(Math.round).join(' ')
  return `“${text.slice(0, 20)}” (${box})`
}

/** The widest numbers that a line may have, beside a description of any length. */
function lineWith(description: string): InvoiceLine {
  const numbers = { quantity: 999_998.999, unitPrice: 999_999_999, taxRate: 8 } as const
  return { description, unit: fullWidth(10), ...numbers }
}

function linesOf(count: number) {
  return Array.from({ length: count }, (_, index) => lineWith(fullWidth(1 + ((index * 37) % 90))))
}

test('words stay on their place, whether an invoice has one line or sixty', { skip }, async () => {
  for (let count = 1; count <= 60; count++)
    assertTidy(await wordsIn({ ...invoice, lines: linesOf(count) }))
})

test('an invoice with pictures and a code is as tidy, with any number of lines', {
  skip
}, async () => {
  const picture = dataUrl(png())
  const adorned = {
    ...invoice,
    logo: picture,
    seal: picture,
    paymentUrl: 'https://pay.example.jp/'
  }
  for (let count = 1; count <= 30; count++)
    assertTidy(await wordsIn({ ...adorned, lines: linesOf(count) }))
})

test('notes of any length end above the footer', { skip }, async () => {
  for (let count = 1; count <= 60; count++) {
    const note = Array.from({ length: count }, (_, index) => `${index + 1}行目`).join('\n')
    assertTidy(await wordsIn({ ...invoice, note }))
  }
})

for (const fill of [fullWidth, latin]) {
  const longest: Invoice = {
    ...invoice,
    number: fill(40),
    issuer: { ...invoice.issuer, name: fill(100), address: fill(200), phone: '0'.repeat(20) },
    recipient: { name: fill(100), honorific: '御中', address: fill(200) },
    lines: [lineWith(fill(200)), lineWith(fill(200))],
    bank: fill(500),
    note: fill(2000)
  }
  const picture = dataUrl(png({ width: 1, height: 2, rows: Buffer.alloc(4) }))
  const adorned: Invoice = {
    ...longest,
    logo: picture,
    seal: picture,
    paymentUrl: `https://${'w'.repeat(292)}`
  }
  const parties = [longest.issuer, longest.recipient]
  const torn = parties.map(party => ({ ...party, address: `${fill(1)}\n`.repeat(100) }))
  const [issuer, recipient] = torn as [Invoice['issuer'], Invoice['recipient']]

  for (const language of ['ja', 'en'] as const)
    test(`the longest texts of ${fill(1)} stay on their place, in ${language}`, {
      skip
    }, async () => {
      for (const full of [longest, { ...longest, issuer, recipient }]) {
        const pages = await wordsIn(full, language)
        assertTidy(pages)
        assertApart(pages[0] ?? [], tableTop(pages))
      }
    })

  for (const language of ['ja', 'en'] as const)
    test(`so do pictures and the longest address beside ${fill(1)}, in ${language}`, {
      skip
    }, async () => {
      const brief = { ...adorned, issuer: { ...adorned.issuer, name: fill(1) } }
      for (const full of [adorned, brief]) {
        const pages = await wordsIn(full, language)
        assertTidy(pages)
        assertApart(pages[0] ?? [], tableTop(pages) ?? print.bottom)
      }
    })
}

/** Where the table begins, if it does on the first page. */
function tableTop([words = []]: Word[][]) {
  return words.find(({ text }) => text === '摘要' || text === 'Description')?.top
}

/** Above the table, the recipient is to the left and the issuer to the right of a white strip. */
function assertApart(words: Word[], end: number | undefined) {
  assert.ok(end)
  for (const word of words)
    if (word.bottom < end) assert.ok(!isOver(word, betweenParties), shown(word))
}
