import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { openFolder } from '../../../test/line.ts'
import { needs } from '../../../test/needs.ts'
import { csvOf, manyRows, mergeOrder, rowOf } from '../../../test/orders.ts'
import { dataUrl, greyJpeg, png } from '../../../test/picture.ts'
import { faultsOf, fontsOf, picturesOf, textOf } from '../../../test/proof.ts'
import { altsOf } from '../../../test/reading.ts'
import { renderedInvoice } from '../../invoice/pdf.ts'
import type { Pictures } from '../../invoice/picture-upload.ts'
import { closePool } from '../../pdf/pool.ts'
import type { Common } from './batch.ts'
import { filesOf, merge } from './merge.ts'
import { openReader } from './row.ts'
import type { MailMerge } from './schema.ts'
import { type Row, readTable, type Table } from './table.ts'
import { zipOf } from './zip.ts'

after(closePool)

const skip = needs('pdftotext', 'pdffonts', 'qpdf', 'unzip')
const createdAt = new Date('2026-11-30T00:00:00Z')
const wishes = { signal: new AbortController().signal, advance() {} }

async function open(rows: string[], changes: Partial<MailMerge> = {}, pictures: Pictures = {}) {
  const { header, rows: read } = (await readTable(Buffer.from(csvOf(rows)))) as Table
  const common = {
    order: mergeOrder(changes),
    header,
    pictures,
    language: 'ja',
    createdAt,
    title: 'まとめ'
  } as const
  return { common: common as Common & { title: string }, rows: read }
}

/** The bookmarks as qpdf reads them: title and page, from 1. */
function outlineOf(t: TestContext, pdf: Uint8Array): [string, number][] {
  const file = join(openFolder(t), 'outline.pdf')
  writeFileSync(file, pdf)
  const said = execFileSync('qpdf', ['--json', '--json-key=outlines', file], { maxBuffer: 2 ** 28 })
  const { outlines } = JSON.parse(String(said)) as {
    outlines: { title: string; destpageposfrom1: number }[]
  }
  return outlines.map(({ title, destpageposfrom1 }) => [title, destpageposfrom1])
}

test('each row has its page and its bookmark, in order, and the fonts are there once', {
  skip
}, async t => {
  const { common, rows } = await open(manyRows(230))
  let advanced = 0
  const { bytes, made, problems } = await merge(common, rows, {
    ...wishes,
    advance: count => {
      advanced += count
    }
  })
  assert.deepEqual([made, problems, advanced >= 230], [230, [], true])
  const pages = textOf(bytes)
  assert.equal(pages.length, 230)
  for (const [index, page] of pages.entries()) {
    assert.match(
      page,
      new RegExp(`^請求書番号 2026-${index + 1}$|請求書番号 2026-${index + 1}\\n`, 'm')
    )
    assert.match(page, new RegExp(`第${index + 1}支店 御中`))
  }
  const outline = Array.from({ length: 230 }, (_, index) => [
    `2026-${index + 1} 髙﨑商店 第${index + 1}支店`,
    index + 1
  ])
  assert.deepEqual(outlineOf(t, bytes), outline)
  assert.equal(faultsOf(bytes), '')
  const fonts = fontsOf(bytes)
  assert.equal(new Set(fonts).size, fonts.length)
  for (const font of fonts) assert.match(font, / yes yes yes$/)
  assert.ok(bytes.length < 230 * 3000 + 120_000, `${bytes.length} bytes`)
})

test('a merged page looks and is copied as the invoice is alone, with logo, seal and code', {
  skip
}, async () => {
  const wide = { width: 4, height: 1, rows: Buffer.from([0, 0, 85, 170, 200]) }
  const pictures = { logo: dataUrl(png(wide)), seal: dataUrl(greyJpeg()) }
  const paymentUrl = 'https://pay.example.jp/2026'
  const { common, rows } = await open(manyRows(60), { paymentUrl }, pictures)
  const { bytes } = await merge(common, rows, wishes)
  assert.equal(faultsOf(bytes), '')
  const pages = picturesOf(bytes, 50)
  const texts = textOf(bytes)
  for (const index of [0, 59]) {
    const reading = openReader(common.order, common.header)(rows[index] as Row)
    assert.ok('invoice' in reading)
    const alone = renderedInvoice({ ...common, invoice: { ...reading.invoice, ...pictures } })
    assert.deepEqual(pages[index], picturesOf(alone.bytes, 50)[0])
    assert.equal(texts[index], textOf(alone.bytes)[0])
  }
  const alts = ['株式会社まめや珈琲のロゴ', '株式会社まめや珈琲の印影', `${paymentUrl} のQRコード`]
  assert.deepEqual(await altsOf(bytes), Array(60).fill(alts).flat())
})

test('the same rows make the same bytes, however the threads take turns', async () => {
  const { common, rows } = await open(manyRows(300))
  const [one, two] = await Promise.all([merge(common, rows, wishes), merge(common, rows, wishes)])
  assert.ok(Buffer.from(one.bytes).equals(two.bytes))
})

test('rows with errors are left out and listed, and characters that no font has are named', async () => {
  const { common, rows } = await open([
    rowOf(1),
    rowOf(2, { quantity: 'x' }),
    rowOf(3, { name: 'ሀ商店' }),
    rowOf(4, { name: '' })
  ])
  const { made, problems, missing } = await merge(common, rows, wishes)
  assert.equal(made, 2)
  assert.deepEqual(
    problems.map(({ row, column, value }) => [row, column.ja, value]),
    [
      [3, '数量', 'x'],
      [5, '宛名', '']
    ]
  )
  assert.deepEqual([...missing], ['ሀ'])
})

test('a merge whose job is stopped ends with the reason', async () => {
  const { common, rows } = await open(manyRows(2000))
  const stop = new AbortController()
  let advanced = 0
  const advance = () => {
    advanced += 1
    if (advanced === 3) stop.abort(new Error('The lease is lost.'))
  }
  await assert.rejects(merge(common, rows, { signal: stop.signal, advance }), /The lease is lost/)
  assert.ok(advanced < 40, `${advanced} of 40 batches were drawn`)
  const after = await merge(common, rows.slice(0, 1), wishes)
  assert.equal(after.made, 1)
})

test('the ZIP has each invoice as a whole document, named after its row', { skip }, async t => {
  const folder = openFolder(t)
  const { common, rows } = await open([...manyRows(45), rowOf(46, { name: 'a/b:c"' }), rowOf(46)])
  const pieces: Uint8Array[] = []
  for await (const piece of zipOf(filesOf(common, rows, wishes), createdAt)) pieces.push(piece)
  const file = join(folder, 'all.zip')
  writeFileSync(file, Buffer.concat(pieces))
  const env = { LC_ALL: 'C.UTF-8' }
  execFileSync('unzip', ['-q', file, '-d', join(folder, 'all')], { env })
  const names = readdirSync(join(folder, 'all')).sort()
  assert.equal(names.length, 47)
  assert.equal(names[0], '00002_2026-1_髙﨑商店 第1支店.pdf')
  assert.equal(names[45], '00047_2026-46_a_b_c_.pdf')
  for (const index of [0, 20, 46]) {
    const pdf = readFileSync(join(folder, 'all', names[index] as string))
    assert.equal(faultsOf(pdf), '')
    const [page = ''] = textOf(pdf)
    assert.match(page, new RegExp(`請求書番号 2026-${Math.min(index + 1, 46)}\\n`))
  }
})
