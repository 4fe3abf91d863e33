import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { openFolder } from '../../../test/line.ts'
import { needs } from '../../../test/needs.ts'
import type { Piece } from '../../pdf/document.ts'
import { paint } from '../../pdf/paint.ts'
import { closePool } from '../../pdf/pool.ts'
import { widthOf } from '../../pdf/run.ts'
import { draw, layOut, renderInvoice } from './pdf.ts'
import type { Invoice } from './schema.ts'

const file = new URL('../../../examples/invoice.json', import.meta.url)
const { email, language, ...example } = JSON.parse(readFileSync(file, 'utf8'))
const createdAt = new Date('2026-11-23T00:00:00Z')
const signal = new AbortController().signal

after(closePool)

function input(changes: Partial<Invoice> = {}, language: 'ja' | 'en' = 'ja') {
  return { invoice: { ...example, ...changes } as Invoice, language, createdAt }
}

const many = Array.from({ length: 200 }, (_, n) => ({
  description: `品目${n + 1} ${'長い説明が続きます。'.repeat(n % 6)}`,
  quantity: n + 0.5,
  unit: '個',
  unitPrice: 1000 + n,
  taxRate: ([10, 8, 0] as const)[n % 3] ?? 10
}))

const hard = {
  recipient: { name: '𠮷野 髙﨑 𩸽 塚濵德瀨 葛\u{e0100}城 "><script>', honorific: '様' as const },
  note: '日本 ⽇本 03-1234 03‑1234 ≒ ①②㈱ ｶﾅ 😀 👨‍👩‍👧 =cmd|x TEL 03-1234-5678 مرحبا'
}

async function save(t: TestContext, given: ReturnType<typeof input>) {
  const path = join(openFolder(t), 'invoice.pdf')
  writeFileSync(path, (await draw(given)).bytes)
  return path
}

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] })
const squeeze = (text: string) => text.replace(/\s/g, '')

for (const [what, given] of [
  ['the example', input()],
  ['an English invoice', input({}, 'en')],
  ['two hundred lines', input({ lines: many })]
] as const)
  test(`the text of ${what} is what went in`, { skip: needs('pdftotext') }, async t => {
    const text = squeeze(String(run('pdftotext', '-raw', await save(t, given), '-')))
    for (const page of layOut(given).pages)
      for (const piece of page)
        if (piece.what === 'text') assert.ok(text.includes(squeeze(piece.text)), piece.text)
  })

test('look-alike characters are copied as they were typed', {
  skip: needs('pdftotext')
}, async t => {
  const text = squeeze(String(run('pdftotext', '-raw', await save(t, input(hard)), '-')))
  for (const part of [
    '日本⽇本',
    '03-123403‑1234≒①②㈱ｶﾅ😀',
    '=cmd|xTEL03-1234-5678',
    '𠮷野髙﨑𩸽塚濵德瀨'
  ])
    assert.ok(text.includes(part), `${part} in ${text}`)
})

test('the file is sound and every font is embedded', {
  skip: needs('qpdf', 'pdffonts')
}, async t => {
  for (const given of [input(hard), input({ lines: many })]) {
    const path = await save(t, given)
    assert.match(String(run('qpdf', '--check', path)), /No syntax or stream encoding errors/)
    const fonts = String(run('pdffonts', path)).trim().split('\n').slice(2)
    assert.ok(fonts.length >= 2)
    for (const font of fonts) assert.match(font, /CID TrueType\s+Identity-H\s+yes \w+\s+yes/)
  }
})

type Picture = { width: number; data: Buffer }
const dotsPerPoint = 2

/** Pages as grey dots. */
function rasterise(t: TestContext, bytes: Uint8Array, pages: number): Picture[] {
  const folder = openFolder(t)
  writeFileSync(join(folder, 'a.pdf'), bytes)
  const resolution = String(72 * dotsPerPoint)
  run('pdftoppm', '-gray', '-r', resolution, join(folder, 'a.pdf'), join(folder, 'p'))
  return Array.from({ length: pages }, (_, n) => {
    const number = String(n + 1).padStart(String(pages).length, '0')
    const file = readFileSync(join(folder, `p-${number}.pgm`))
    const [header = '', width] =
      /^P5\s(\d+) (\d+)\s255\s/.exec(file.toString('latin1', 0, 30)) ?? []
    return { width: Number(width), data: file.subarray(header.length) }
  })
}

/** How dark the box around a text is. */
function ink({ width, data }: Picture, { x, y, text, size, weight }: Piece & { what: 'text' }) {
  const right = Math.ceil((x + widthOf(text, size, weight)) * dotsPerPoint)
  let sum = 0
  for (
    let row = Math.floor((y - size) * dotsPerPoint);
    row < (y + size * 0.3) * dotsPerPoint;
    row += 1
  )
    for (let dot = Math.floor(x * dotsPerPoint); dot < right; dot += 1)
      sum += 255 - (data[row * width + dot] ?? 255)
  return sum
}

test('no glyph loses its ink when a font is embedded in part', {
  skip: needs('pdftoppm')
}, async t => {
  const drawing = layOut(input({ ...hard, lines: many.slice(0, 40) }))
  const about = { title: '', author: '', language: 'ja', createdAt } as const
  const [own, reference] = await Promise.all([
    paint(drawing.pages, about),
    paint(drawing.pages, about, { subset: false })
  ])
  const pictures = rasterise(t, own, drawing.pages.length)
  const references = rasterise(t, reference, drawing.pages.length)
  let compared = 0
  drawing.pages.forEach((pieces, page) => {
    for (const piece of pieces) {
      if (piece.what !== 'text' || piece.text.trim() === '') continue
      const expected = ink(references[page] as Picture, piece)
      const found = ink(pictures[page] as Picture, piece)
      assert.ok(
        Math.abs(found - expected) <= expected * 0.01,
        `${piece.text}: ${found} of ${expected}`
      )
      compared += 1
    }
  })
  assert.ok(compared > 200)
})

test('a lost glyph would be noticed', { skip: needs('pdftoppm') }, async t => {
  const about = { title: '', author: '', language: 'ja', createdAt } as const
  const text = {
    what: 'text',
    x: 50,
    y: 50,
    size: 10,
    weight: 'regular',
    colour: [0, 0, 0]
  } as const
  const whole: Piece & { what: 'text' } = { ...text, colour: [0, 0, 0], text: '株式会社まめや珈琲' }
  const torn: Piece = { ...whole, text: '株式会社まめや珈' }
  const [a, b] = await Promise.all([paint([[whole]], about), paint([[torn]], about)])
  const [expected, found] = [a, b].map(bytes => ink(rasterise(t, bytes, 1)[0] as Picture, whole))
  assert.ok((found as number) < (expected as number) * 0.95)
})

test('a long invoice repeats the head of its table and numbers its pages', () => {
  const { pages } = layOut(input({ lines: many }))
  const texts = pages.map(page =>
    page.flatMap(piece => (piece.what === 'text' ? [piece.text] : []))
  )
  assert.ok(pages.length >= 8)
  for (const [index, page] of texts.entries())
    assert.ok(page.includes(`${index + 1} / ${pages.length}`))
  const withLines = texts.filter(page => page.some(text => text.startsWith('品目')))
  for (const page of withLines) assert.ok(page.includes('金額（税抜）'))
  for (const page of pages)
    for (const { x, y } of page) assert.ok(x >= 0 && y > 0 && y < 842 - 24, `${x}, ${y}`)
})

test('what cannot be printed is 〓 and a warning that names it', async () => {
  const { warnings } = await draw(input({ note: 'مرحبا' }))
  assert.match(warnings.join(), /〓.*م/)
  assert.deepEqual((await draw(input({ note: '𠮷 髙 ≒ 😀 葛\u{e0100}' }))).warnings, [])
})

test('the same invoice gives the same bytes, whatever was drawn before', async () => {
  const [a, b] = [input(), input(hard)]
  const inThread = await renderInvoice(a.invoice, { ...a, signal })
  await draw(b)
  assert.deepEqual(Buffer.from((await draw(a)).bytes), Buffer.from(inThread.bytes))
  const script = `import { draw } from ${JSON.stringify(import.meta.resolve('./pdf.ts'))}
    const input = JSON.parse(process.argv[1], (key, value) => key === 'createdAt' ? new Date(value) : value)
    process.stdout.write((await draw(input)).bytes)`
  const fresh = run(process.execPath, '--input-type=module', '-e', script, JSON.stringify(b))
  assert.deepEqual(fresh, Buffer.from((await draw(b)).bytes))
})

test('the event loop stays free while a document is made', async () => {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 5)
  const given = input({ lines: many })
  const { bytes } = await renderInvoice(given.invoice, { ...given, signal })
  clearInterval(timer)
  assert.ok(bytes.length > 10_000)
  assert.ok(ticks > 10, `${ticks} ticks`)
})

test('an aborted document is given up, and the pool lives on', async () => {
  const stop = new AbortController()
  const given = input({ lines: many })
  const rendering = renderInvoice(given.invoice, { ...given, signal: stop.signal })
  stop.abort(new Error('The lease was lost.'))
  await assert.rejects(rendering)
  const next = input()
  assert.ok((await renderInvoice(next.invoice, { ...next, signal })).bytes.length > 10_000)
})
