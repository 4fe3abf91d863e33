import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import example from '../../../examples/invoice.json' with { type: 'json' }
import { greyJpeg, png } from '../../../test/picture.ts'
import { openTools } from '../../../test/tools.ts'
import { closePool } from '../../pdf/pool.ts'
import { readOrder } from '../../queue/order.ts'
import { invoice } from './job.ts'

after(closePool)

const { email, language: _, ...payload } = example

test('the file is named after the invoice, without what file systems do not take', async t => {
  const tools = await openTools(t)
  const nameOf = async (number: string) =>
    (await invoice.perform({ ...payload, number }, tools)).file?.name
  assert.equal(await nameOf('2026-1123'), '請求書_2026-1123.pdf')
  assert.equal(await nameOf('../..\\a:b*c?"<d>|e'), '請求書_.._.._a_b_c_d_e.pdf')
})

test('the file is stored under the id of its job, whatever the number', async t => {
  const tools = await openTools(t)
  const { file } = await invoice.perform({ ...payload, number: '../../etc/passwd' }, tools)
  assert.equal(file?.key, 'invoice/7.pdf')
  const bytes = readFileSync(await tools.storage.link(file))
  assert.equal(bytes.length, file.bytes)
  assert.equal(bytes.toString('latin1', 0, 5), '%PDF-')
})

test('logo and seal are read from where the person sent them', async t => {
  const tools = await openTools(t)
  const about = { name: 'logo.png', type: 'application/octet-stream' }
  const upload = async (n: number, bytes: Buffer) => {
    const { key, name } = await tools.storage.put(`uploads/${String(n).repeat(32)}`, bytes, about)
    return { key, name, bytes: bytes.length }
  }
  const [logo, seal] = [await upload(1, png()), await upload(2, greyJpeg())]
  const { file } = await invoice.perform({ ...payload, logo, seal }, tools)
  const pdf = readFileSync(await tools.storage.link(file as NonNullable<typeof file>))
  assert.equal(pdf.toString('latin1').match(/\/Subtype \/Image/g)?.length, 2)
  const order = { ...payload, email, language: 'ja', logo, seal }
  assert.ok('order' in (await readOrder(invoice, order, tools.storage)))
})

test('a picture that can not be used is a problem of its field', async t => {
  const tools = await openTools(t)
  const cut = png().subarray(0, 40)
  const about = { name: 'logo.png', type: 'application/octet-stream' }
  const { key } = await tools.storage.put(`uploads/${'3'.repeat(32)}`, cut, about)
  const logo = { key, name: 'logo.png', bytes: cut.length }
  const reading = await readOrder(
    invoice,
    { ...payload, email, language: 'ja', logo },
    tools.storage
  )
  assert.ok('problems' in reading)
  assert.deepEqual(
    reading.problems.map(({ path, sentence }) => [path, sentence.ja]),
    [['logo', '画像が途中で切れています。元の画像から書き出し直してください。']]
  )
})
