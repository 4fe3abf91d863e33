import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openApi } from '../../../test/api.ts'
import { onBothDatabases } from '../../../test/databases.ts'
import { recordJob, reload } from '../../../test/engine.ts'
import { listActions } from '../../queue/action.ts'

onBothDatabases(url => {
  async function open(t: TestContext) {
    const api = await openApi(t, url())
    const record = async (columns: object = {}) => {
      const job = await recordJob(api.line)
      await api
        .database('jobs')
        .where({ id: job.id })
        .update({ waiting_at: 1, ...columns })
      return await reload(api.line, job)
    }
    return { ...api, record }
  }

  test('a program lists jobs by state and kind, page after page', async t => {
    const { call, record } = await open(t)
    const failed = { state: 'failed', kind: 'report' }
    const jobs = []
    for (const columns of [failed, {}, failed, failed]) jobs.push(await record(columns))
    const [first, , third, fourth] = jobs
    const query = '/jobs?state=failed&kind=report&limit=2'
    const page = await call(query)
    assert.deepEqual(
      page.body.jobs.map(({ id }: { id: number }) => id),
      [fourth?.id, third?.id]
    )
    const last = await call(`${query}&before=${page.body.next}`)
    assert.deepEqual([last.body.jobs.length, last.body.jobs[0].id], [1, first?.id])
    assert.equal(last.body.next, null)
    assert.equal((await call('/jobs')).body.jobs.length, 4)
  })

  test('what is no filter is refused in words, not overlooked', async t => {
    const { call } = await open(t)
    const wrong = {
      'state=lost': 'state',
      'stat=failed': 'stat',
      'before=x': 'before',
      'before=0': 'before',
      'limit=201': 'limit',
      'state=failed&state=waiting': 'state',
      'before=1e400': 'before'
    }
    for (const [query, path] of Object.entries(wrong)) {
      const { status, body } = await call(`/jobs?${query}`)
      assert.equal(status, 422, query)
      assert.deepEqual([body.error.fields[0].path, body.error.fields.length], [path, 1], query)
    }
  })

  test('a failed job is retried and goes to the queue again, a job that is not is left alone', async t => {
    const { call, line, record } = await open(t)
    const job = await record({ state: 'failed', attempts: 5, finished_at: 5, error: 'no ink' })
    const { status, body } = await call(`/jobs/${job.token}/retry`, { body: {} })
    assert.deepEqual([status, body.state, body.attempts], [200, 'waiting', 0])
    assert.ok(body.sqsMessageId)
    assert.equal(await line.queue.depth(), 1)
    const again = await call(`/jobs/${job.token}/retry`, { body: {} })
    assert.equal(again.status, 409)
    assert.match(again.body.error.message, /^The job is waiting: only one that has failed/)
    assert.equal(await line.queue.depth(), 1)
  })

  test('a job is cancelled once, however often it is asked for, and not when it is over', async t => {
    const { call, record } = await open(t)
    const waiting = await record()
    for (let count = 0; count < 2; count += 1) {
      const { status, body } = await call(`/jobs/${waiting.token}/cancel`, { body: {} })
      assert.deepEqual([status, body.state], [200, 'cancelled'])
    }
    const over = await record({ state: 'finished', finished_at: 5 })
    const { status, body } = await call(`/jobs/${over.token}/cancel`, { body: {} })
    assert.equal(status, 409)
    assert.match(body.error.message, /^The job is finished: only one that waits, runs/)
    assert.equal((await call('/jobs/none/cancel', { body: {} })).status, 404)
  })

  test('who acts by the API is in the audit log by the name of the key, with what came of it', async t => {
    const { call, record, make, database } = await open(t)
    const key = await make('jobs:act', { name: 'x'.repeat(64) })
    const { id, token } = await record({ state: 'failed', finished_at: 5 })
    for (const path of ['cancel', 'retry']) await call(`/jobs/${token}/${path}`, { key, body: {} })
    await call(`/jobs/${token}/cancel`, { body: {} })
    const kept = await listActions(database, { job: id })
    assert.deepEqual(
      kept.map(({ role, name, action, outcome }) => [role, name, action, outcome]),
      [
        ['api', 'API_KEYS', 'cancel', 'done'],
        ['api', 'x'.repeat(60), 'retry', 'done'],
        ['api', 'x'.repeat(60), 'cancel', 'nothing']
      ]
    )
    assert.deepEqual([kept[0]?.address, kept[0]?.details], ['127.0.0.1', null])
  })

  test('an act needs no body', async t => {
    const { app, record } = await open(t)
    const { token } = await record()
    const headers = { authorization: 'Bearer env' }
    const request = { method: 'POST' as const, url: `/api/jobs/${token}/cancel`, headers }
    assert.equal((await app.inject(request)).statusCode, 200)
  })
})
