import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { BeanlineError, openBeanline } from '../examples/client/beanline.ts'
import { type Document, typesOf } from '../examples/client/generate.ts'
import { kinds } from '../src/jobs/index.ts'
import { eventually } from './engine.ts'
import { openLine, order } from './line.ts'

const types = join(import.meta.dirname, '../examples/client/beanline-types.ts')

test('the types of the client are those of the API as it is', async t => {
  const { webUrl } = await openLine(t)
  const document = (await (await fetch(`${webUrl}/api/openapi.json`)).json()) as Document
  const current = typesOf(document)
  assert.equal(readFileSync(types, 'utf8'), current, 'run "npm start", then "npm run client"')
})

test('the client orders, looks, lists, cancels and retries', async t => {
  const { webUrl } = await openLine(t)
  const call = openBeanline(webUrl, 'local')
  const headers = { 'Idempotency-Key': 'order-1' }
  const { token } = await call('orderInvoice', { headers, body: order() })
  assert.equal((await call('orderInvoice', { headers, body: order() })).token, token)
  const job = await eventually(async () => {
    const job = await call('getJob', { params: { token } })
    return job.state === 'finished' && job
  })
  assert.match(job.file?.name ?? '', /\.pdf$/)
  const text = Buffer.from('# 概要\n\n上がった。')
  const file = await call('uploadFile', { query: { name: 'a.md' }, body: text })
  const body = { email: 'hanako@example.jp', title: '記録', file }
  const report = await call('orderReport', { body })
  const { jobs, next } = await call('listJobs', { query: { kind: 'invoice' } })
  assert.deepEqual([jobs.map(({ id }) => id), next], [[job.id], null])
  assert.equal((await call('listJobs')).jobs[0]?.id, report.id)
  const names = (await call('listKinds')).kinds.map(({ name }) => name)
  assert.deepEqual(
    names,
    kinds.map(({ name }) => name)
  )
  for (const act of ['cancelJob', 'retryJob'] as const)
    await assert.rejects(call(act, { params: { token } }), /The job is finished/)
})

test('an error of the client has the sentence, the status and the fields', async t => {
  const { webUrl } = await openLine(t)
  const call = openBeanline(webUrl, 'local')
  const wrong = await call('orderInvoice', { body: order({ number: '' }) }).catch(error => error)
  assert.ok(wrong instanceof BeanlineError)
  assert.deepEqual([wrong.status, wrong.fields[0]?.path], [422, 'number'])
  assert.match(wrong.message, /correct the fields listed/)
  const locked = openBeanline(webUrl, 'wrong')('listKinds')
  await assert.rejects(locked, { status: 401, retryAfter: undefined })
})
