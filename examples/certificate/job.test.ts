import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderKind, performKind } from '../../test/kind.ts'
import { certificate } from './job.ts'
import order from './order.json' with { type: 'json' }

test('a certificate is one file and one mail, however often it is made', async t => {
  const { state, files, mails } = await performKind(t, certificate, order, { attempts: 2 })
  assert.equal(state, 'finished')
  assert.deepEqual(
    files.map(({ name }) => name),
    ['修了証.pdf']
  )
  assert.equal(files[0]?.content.toString('latin1', 0, 5), '%PDF-')
  assert.deepEqual(
    mails.map(({ to, subject }) => [to, subject]),
    [[['hanako@example.jp'], '修了証ができました']]
  )
})

test('a day that is none is a problem of its field', async t => {
  const { problems } = await orderKind(t, certificate, { ...order, finishedOn: '2026-02-31' })
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['finishedOn']
  )
})
