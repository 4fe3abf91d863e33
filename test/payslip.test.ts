import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { payslip } from '../examples/payslip/job.ts'
import { closePool } from '../src/pdf/pool.ts'
import { readOrder } from '../src/queue/order.ts'
import { pdfjsLinesOf } from './pdfjs.ts'
import { openTools } from './tools.ts'

after(closePool)

const passwords = new Map([['001234', 'Otter-Bridge-59']])
const kind = payslip(async employee => passwords.get(employee) ?? '')
const slip = { employee: '001234', month: '2026-11', pay: 284_000 }

test('the example of a locked kind opens with the password of the one that it is for', async t => {
  const tools = await openTools(t)
  const { file } = await kind.perform(slip, tools)
  assert.ok(file)
  const bytes = new Uint8Array(readFileSync(await tools.storage.link(file)))
  const pages = await pdfjsLinesOf(bytes, 'Otter-Bridge-59')
  assert.deepEqual(pages, [['給与明細書 2026-11', '社員番号 001234', '支給額 ¥284,000']])
  await assert.rejects(pdfjsLinesOf(bytes), /password/i)
})

test('its password is in no order and in no mail', async t => {
  const tools = await openTools(t)
  const order = { ...slip, email: 'hanako@example.jp', language: 'ja' }
  const reading = await readOrder(kind, { ...order, employee: '００１２３４' }, tools.storage)
  assert.ok('order' in reading)
  assert.deepEqual(JSON.parse(reading.order.payload), slip)
  assert.ok('problems' in (await readOrder(kind, { ...order, password: 'a' }, tools.storage)))
  await kind.perform(slip, tools)
  const mails = await (await fetch(`${tools.mailboxUrl}/mails`)).text()
  assert.match(mails, /2026-11の給与明細書/)
  assert.doesNotMatch(mails, /Otter/)
})

test('without a password it fails with a sentence that does not tell any', async t => {
  const tools = await openTools(t)
  await assert.rejects(kind.perform({ ...slip, employee: '999999' }, tools), /can’t be locked/)
})
