import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from './engine.ts'
import { openFolder, openLine, order, post, settled } from './line.ts'
import { needs } from './needs.ts'

type Mail = { to: string[]; subject: string; text: string; html: string }

test('an order becomes a row, a message, a PDF, a file and a mail', async t => {
  const line = await openLine(t)
  const { status, body } = await post(line.webUrl, order())
  assert.equal(status, 202)
  assert.equal(body.state, 'waiting')
  assert.equal(body.url, `${line.webUrl}/jobs/${body.token}`)

  const job = await settled(line.webUrl, body.token)
  assert.equal(job.state, 'finished', String(job.error))
  assert.deepEqual([job.attempts, job.progress, job.warnings], [1, 100, []])
  assert.match(String(job.sqsMessageId), /^[0-9a-f-]{36}$/)
  assert.equal(job.file?.name, '請求書_2026-1123.pdf')

  const download = await fetch(String(job.file?.url))
  const bytes = Buffer.from(await download.arrayBuffer())
  assert.equal(bytes.length, job.file?.bytes)
  assert.equal(String(bytes.subarray(0, 5)), '%PDF-')
  assert.match(
    String(download.headers.get('content-disposition')),
    /filename\*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8_2026-1123\.pdf/
  )

  const mails = (await (await fetch(`${line.mailboxUrl}/mails`)).json()) as Mail[]
  assert.equal(mails.length, 1)
  assert.deepEqual(mails[0]?.to, ['keiri@example.jp'])
  assert.equal(mails[0]?.subject, '請求書 2026-1123 ができました')
  assert.ok(mails[0]?.text.includes(body.url))
  assert.ok(mails[0]?.html.includes(body.url))
  await eventually(async () => (await line.line.queue.depth()) === 0)
})

test('the PDF of the example shows title, recipient and total', {
  skip: needs('pdftotext')
}, async t => {
  const line = await openLine(t)
  const { body } = await post(line.webUrl, order())
  const job = await settled(line.webUrl, body.token)
  const file = join(openFolder(t), 'invoice.pdf')
  writeFileSync(file, Buffer.from(await (await fetch(String(job.file?.url))).arrayBuffer()))
  const text = String(execFileSync('pdftotext', [file, '-']))
  for (const expected of ['請求書', '髙﨑商店', '¥144,444'])
    assert.ok(text.includes(expected), expected)
})

test('fifty orders at once become fifty different files and fifty mails', async t => {
  const line = await openLine(t)
  const numbers = Array.from({ length: 50 }, (_, n) => `同時-${n + 1}`)
  const posted = await Promise.all(numbers.map(number => post(line.webUrl, order({ number }))))
  const jobs = await Promise.all(posted.map(({ body }) => settled(line.webUrl, body.token)))
  assert.ok(jobs.every(({ state }) => state === 'finished'))
  const names = new Set(jobs.map(({ file }) => file?.name))
  assert.deepEqual(names, new Set(numbers.map(number => `請求書_${number}.pdf`)))
  const mails = (await (await fetch(`${line.mailboxUrl}/mails`)).json()) as Mail[]
  assert.equal(mails.length, 50)
})

test('a mail that SES throttles is sent later, once', async t => {
  const line = await openLine(t)
  const fault = { name: 'Throttling', times: 1 }
  const headers = { 'content-type': 'application/json' }
  await fetch(`${line.mailboxUrl}/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
  const { body } = await post(line.webUrl, order())
  assert.equal((await settled(line.webUrl, body.token)).state, 'finished')
  const mails = (await (await fetch(`${line.mailboxUrl}/mails`)).json()) as Mail[]
  assert.equal(mails.length, 1)
})

test('a mail that SES rejects fails the job, and the operator can retry it', async t => {
  const line = await openLine(t)
  const fault = { name: 'MessageRejected', times: 1 }
  const headers = { 'content-type': 'application/json' }
  await fetch(`${line.mailboxUrl}/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
  const { body } = await post(line.webUrl, order())
  const failed = await settled(line.webUrl, body.token)
  assert.equal(failed.state, 'failed')
  assert.match(String(failed.error), /^SES: /)

  const page = await (await fetch(body.url)).text()
  assert.ok(page.includes('書類はできましたが、お知らせのメールを送れませんでした'))
  assert.equal((await fetch(`${body.url}/file`)).status, 200, 'the document is not lost')
  assert.ok(!page.includes('SES'), 'people are told in plain words')

  const authorization = `Basic ${Buffer.from('operator:local').toString('base64')}`
  const retry = await fetch(`${line.webUrl}/dashboard/jobs/${body.id}/retry`, {
    method: 'POST',
    headers: { authorization },
    redirect: 'manual'
  })
  assert.equal(retry.status, 303)
  assert.equal((await settled(line.webUrl, body.token, ['finished'])).state, 'finished')
})
