import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mails } from './engine.ts'
import { openLine, type Status, settled } from './line.ts'
import { needs } from './needs.ts'
import { csvOf, manyRows, rowOf, template } from './orders.ts'
import { faultsOf, textOf } from './proof.ts'

const skip = needs('pdftotext', 'qpdf')
const headers = { authorization: 'Bearer local', 'content-type': 'application/json' }

/** Orders through the API, with the CSV sent before. */
async function orderMerge(webUrl: string, csv: string, changes: object = {}) {
  const post = async (path: string, body: string) => {
    const response = await fetch(`${webUrl}/api${path}`, { method: 'POST', headers, body })
    return { status: response.status, body: (await response.json()) as Answer }
  }
  const file = await post('/uploads?name=orders.csv', csv)
  assert.equal(file.status, 201)
  const order = { email: 'keiri@example.jp', file: file.body, ...template, ...changes }
  return await post('/jobs/mail-merge', JSON.stringify(order))
}

type Answer = Status & { error: { fields: { path: string; ja: string; en: string }[] } }
type Files = { files: { name: string; bytes: number; url: string }[] }

async function download(url: string) {
  const response = await fetch(url)
  assert.equal(response.status, 200)
  return {
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer())
  }
}

test('2,000 rows go through the whole line and come out as one PDF, with one mail', {
  skip
}, async t => {
  const line = await openLine(t)
  const { status, body } = await orderMerge(line.webUrl, csvOf(manyRows(2000)))
  assert.equal(status, 202)
  const job = await settled(line.webUrl, body.token)
  assert.deepEqual([job.state, job.attempts, job.warnings], ['finished', 1, []], String(job.error))
  assert.equal(job.file?.name, '請求書_2026-11-30.pdf')
  const { bytes } = await download(String(job.file?.url))
  const pages = textOf(bytes)
  assert.equal(pages.length, 2000)
  assert.match(pages[1999] as string, /2026-2000\n/)
  assert.equal(faultsOf(bytes), '')
  const sent = (await mails(line)) as { to: string[]; subject?: string; text?: string }[]
  assert.deepEqual(
    sent.map(({ to, subject }) => [to, subject]),
    [[['keiri@example.jp'], '請求書2,000件ができました']]
  )
  assert.ok(sent[0]?.text?.includes(body.url))
})

test('bad rows stop the order before any work, each named with its column and reason', async t => {
  const line = await openLine(t)
  const rows = [rowOf(1), rowOf(2, { quantity: 'x' }), rowOf(3, { name: '' })]
  const { status, body } = await orderMerge(line.webUrl, csvOf(rows))
  assert.equal(status, 422)
  const [summary, ...others] = body.error.fields
  assert.match(summary?.ja ?? '', /^エラーのある行が2行、作成できる行が1行あります。/)
  assert.deepEqual(
    others.map(({ path, en }) => [path, en]),
    [
      ['rows', 'Row 3, “数量”: Enter a number from 0.001 to 999,999.'],
      ['rows', 'Row 4, “宛名”: Fill this in.']
    ]
  )
})

test('with many bad rows a person is shown the first of them, and how many there are', async t => {
  const line = await openLine(t)
  const rows = Array.from({ length: 500 }, (_, index) => rowOf(index, { price: '=1+1' }))
  const { body } = await orderMerge(line.webUrl, csvOf(rows))
  assert.equal(body.error.fields.length, 21)
  assert.match(body.error.fields[0]?.en ?? '', /^All 500 rows have errors/)
  const skipped = await orderMerge(line.webUrl, csvOf(rows), { onErrors: 'skip' })
  assert.equal(skipped.status, 422, 'there is nothing to make')
})

test('bad rows are skipped on request, listed in the warnings and, when many, in a file', {
  skip
}, async t => {
  const line = await openLine(t)
  const bad = Array.from({ length: 15 }, (_, index) =>
    rowOf(index, { quantity: '=HYPERLINK("x")' })
  )
  const rows = [...bad.map(row => row.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"')), rowOf(99)]
  const { body } = await orderMerge(line.webUrl, csvOf(rows), { onErrors: 'skip', output: 'both' })
  const job = (await settled(line.webUrl, body.token)) as Status & Files
  assert.equal(job.state, 'finished', String(job.error))
  assert.equal(job.warnings.length, 12)
  assert.equal(job.warnings[0], 'エラーのある15行をとばしました。')
  assert.match(job.warnings[1] ?? '', /^2行目「数量」：/)
  assert.match(job.warnings[11] ?? '', /^ほか5件のエラーは/)
  assert.deepEqual(
    job.files.map(({ name }) => name),
    ['請求書_2026-11-30.pdf', '請求書_2026-11-30.zip', 'とばした行.csv']
  )
  const [pdf, zip, csv] = await Promise.all(job.files.map(({ url }) => download(url)))
  assert.equal(textOf(pdf?.bytes as Buffer).length, 1)
  assert.equal(zip?.type, 'application/zip')
  assert.equal(String(zip?.bytes.subarray(0, 2)), 'PK')
  assert.equal(csv?.type, 'application/octet-stream')
  const lines = String(csv?.bytes).split('\r\n')
  assert.equal(lines[0], '\ufeff"行","列","値","理由"')
  assert.match(lines[1] ?? '', /^"2","数量","'=HYPERLINK\(""x""\)","0\.001から/)
  const page = await (await fetch(job.url)).text()
  for (const path of ['file', 'file/1', 'file/2']) assert.ok(page.includes(`/${path}" download`))
  assert.equal((await fetch(`${job.url}/file/3`)).status, 404)
})

test('rows with the same number stop the order, or are skipped, whichever batch they are in', {
  skip
}, async t => {
  const line = await openLine(t)
  const csv = csvOf([rowOf(500), ...manyRows(120), rowOf(500)])
  const { status, body } = await orderMerge(line.webUrl, csv)
  assert.equal(status, 422)
  assert.deepEqual(
    body.error.fields.slice(1).map(({ ja }) => ja.replace(/。.*/, '')),
    ['2行目「請求書番号」：123行目と同じ番号です', '123行目「請求書番号」：2行目と同じ番号です']
  )
  const { body: order } = await orderMerge(line.webUrl, csv, { onErrors: 'skip' })
  const job = await settled(line.webUrl, order.token)
  assert.equal(job.state, 'finished', String(job.error))
  assert.match(job.warnings.join('\n'), /^エラーのある2行をとばしました。\n2行目.*\n123行目/)
  assert.equal(textOf((await download(String(job.file?.url))).bytes).length, 120)
})

test('columns that the file does not have, or that serve twice, are named', async t => {
  const line = await openLine(t)
  const columns = { ...template.columns, description: '品名', unit: '宛名' }
  const { body } = await orderMerge(line.webUrl, csvOf(manyRows(1)), { columns })
  assert.deepEqual(
    body.error.fields.map(({ path, en }) => [path, en]),
    [
      ['columns.description', 'The CSV file has no column “品名”.'],
      ['columns.unit', 'This column is used for another field. Choose another one.']
    ]
  )
})
