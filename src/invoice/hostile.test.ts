import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import example from '../../examples/invoice.json' with { type: 'json' }
import { needs } from '../../test/needs.ts'
import { faultsOf, fontsOf, textOf } from '../../test/proof.ts'
import { closePool } from '../pdf/pool.ts'
import { renderInvoice } from './pdf.ts'
import type { Invoice } from './schema.ts'

after(closePool)

const { email: _, language: __, ...rest } = example
const invoice = rest as Invoice
const createdAt = new Date('2026-11-23T00:00:00Z')
const ja = { language: 'ja', createdAt } as const

const family = '👨\u200d👩\u200d👧\u200d👦'

const hostile: Invoice = {
  ...invoice,
  number: '9'.repeat(40),
  issuer: {
    ...invoice.issuer,
    name: `𠮷髙﨑𩸽葛\u{e0100}城⽇日-\u2011`,
    address: 'あ\n'.repeat(99)
  },
  recipient: {
    name: '"><script>alert(1)</script>'.repeat(3),
    honorific: '様',
    address: 'W'.repeat(200)
  },
  lines: [
    {
      description: family.repeat(28),
      quantity: 0.001,
      unit: '。'.repeat(10),
      unitPrice: 1,
      taxRate: 8
    },
    { description: '=cmd|/C calc مرحبا', quantity: 999_999, unitPrice: 999_999_999, taxRate: 0 },
    {
      description: `a${'\u0301'.repeat(199)}`,
      quantity: 999_999,
      unitPrice: -999_999_999,
      taxRate: 0
    },
    { description: '（'.repeat(200), quantity: 1, unitPrice: 1_000_000, taxRate: 10 }
  ],
  bank: '\n'.repeat(400).concat('口座'),
  note: '備考\n'.repeat(400)
}

/** Without spaces and line breaks: text that wraps is found as one. */
const solid = (text: string) => text.replace(/\s/g, '')

test('hostile strings come out whole, in a sound file', {
  skip: needs('pdftotext', 'pdffonts', 'qpdf')
}, async () => {
  const { bytes } = await renderInvoice(hostile, ja)
  assert.equal(faultsOf(bytes), '')
  for (const font of fontsOf(bytes)) assert.match(font, /^[A-Z]{6}\+\S+ yes yes yes$/)
  const text = solid(textOf(bytes).join(''))
  const drawn = (wanted: string) =>
    solid(wanted)
      .replace(/\u200d/g, '')
      .replace(/\p{Script=Arabic}/gu, '〓')
  for (const wanted of stringsOf(hostile)) assert.ok(text.includes(drawn(wanted)), wanted)
})

test('ten thousand combining marks are drawn in time', async () => {
  const marked = { ...invoice, note: `a${'\u0301\u20dd'.repeat(5000)}` }
  const { pages } = await renderInvoice(marked, { ...ja, signal: AbortSignal.timeout(30_000) })
  assert.equal(pages, 1)
})

test('the same invoice gives the same bytes, alone or after others', () => {
  const script = `
    import { createHash } from 'node:crypto'
    import { draw } from ${JSON.stringify(new URL('./pdf.ts', import.meta.url))}
    const createdAt = new Date(0)
    for (const invoice of JSON.parse(process.argv[1])) {
      const { bytes } = await draw({ invoice, language: 'ja', createdAt })
      console.log(createHash('sha256').update(bytes).digest('hex'))
    }`
  const hashes = (...invoices: Invoice[]) => {
    const options = ['--input-type=module', '--eval', script, JSON.stringify(invoices)]
    return execFileSync(process.execPath, options).toString().trim().split('\n')
  }
  const [one, other] = [hashes(invoice), hashes(hostile)]
  assert.deepEqual(hashes(invoice, hostile, invoice), [...one, ...other, ...one])
  assert.deepEqual(hashes(hostile, invoice), [...other, ...one])
})

/** All strings that people typed, line by line, as they are to be read on paper. */
function stringsOf({ number, issuer, recipient, lines, bank, note }: Invoice): string[] {
  const names = [number, issuer.name, issuer.registrationNumber, issuer.phone, recipient.name]
  const texts = [issuer.address, recipient.address, bank, note].flatMap(text => text?.split('\n'))
  const cells = lines.flatMap(({ description, unit }) => [description, unit])
  return [...names, ...texts, ...cells].filter(
    text => text !== undefined && text !== ''
  ) as string[]
}
