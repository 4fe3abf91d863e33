import assert from 'node:assert/strict'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { type TestContext, test } from 'node:test'
import { eventually, recordJob } from '../../test/engine.ts'
import { openShell, startBeanline } from '../../test/shell.ts'
import type { Action } from '../queue/action.ts'

async function openFailed(t: TestContext, count: number) {
  const shell = await openShell(t)
  for (let n = 0; n < count; n += 1) await recordJob(shell)
  await shell.database('jobs').update({ state: 'failed', error: 'No ink.', finished_at: 1 })
  const stateOf = async (id: number) => (await shell.database('jobs').where({ id }).first()).state
  const actions = async (): Promise<Action[]> => await shell.database('actions').orderBy('id')
  const countOf = async (state: string) => (await shell.database('jobs').where({ state })).length
  return { ...shell, stateOf, actions, countOf }
}

test('jobs that are named are sent back, with their messages, and the audit log says by whom', async t => {
  const { say, stateOf, queue, actions } = await openFailed(t, 3)
  const { code, out } = await say('retry', '1', '3', '1', '--as', '花子')
  assert.deepEqual(
    [code, out],
    [0, 'Job 1 is sent back to the queue.\nJob 3 is sent back to the queue.\n']
  )
  assert.deepEqual(
    [await stateOf(1), await stateOf(2), await stateOf(3)],
    ['waiting', 'failed', 'waiting']
  )
  assert.equal(await queue.depth(), 2)
  const [entry, ...more] = await actions()
  assert.equal(more.length, 1)
  const { role, name, address, action, job_id, outcome } = entry as Action
  const expected = ['operator', '花子', hostname().slice(0, 45), 'retry', 1, 'done']
  assert.deepEqual([role, name, address, action, job_id, outcome], expected)
})

test('a job in no state for it is left alone, and the exit code says so', async t => {
  const { say, ask, stateOf, actions } = await openFailed(t, 2)
  assert.equal((await say('discard', '1')).out, 'Job 1 is discarded.\n')
  const { code, err } = await say('cancel', '1')
  assert.equal(code, 1)
  assert.match(
    err,
    /^Job 1 is discarded: only one that waits, runs or is to be retried can be cancelled/
  )
  const { jobs } = await ask<{ jobs: object[] }>('retry', '1', '2')
  assert.deepEqual(jobs, [
    { id: 1, state: 'discarded', done: false },
    { id: 2, state: 'waiting', done: true }
  ])
  assert.deepEqual(
    (await actions()).map(({ outcome }) => outcome),
    ['done', 'nothing', 'nothing', 'done']
  )
  const unknown = await say('cancel', '2', '77')
  assert.match(unknown.err, /There is no job 77/)
  assert.equal(await stateOf(2), 'waiting')
})

test('all of a filter are done after an answer, which nobody can give without a terminal', async t => {
  const { say, countOf, actions, database, queue } = await openFailed(t, 30)
  await database('jobs').where({ id: 30 }).update({ error: 'On fire.' })
  const asked = await say('retry', '--all', '--search', 'ink')
  assert.equal(asked.code, 2)
  assert.match(
    asked.err,
    /^Retry 29 failed jobs, with the words "ink"\? Nobody is there to be asked: add --yes/
  )
  assert.equal(await countOf('failed'), 30)
  const { code, out } = await say('retry', '--all', '--search', 'ink', '--yes')
  assert.deepEqual([code, out], [0, '29 jobs are sent back to the queue.\n'])
  assert.equal(await countOf('failed'), 1)
  assert.equal(await queue.depth(), 29)
  const [entry] = await actions()
  assert.equal(entry?.action, 'retry-all')
  assert.match(entry?.details ?? '', /"list":"\/dashboard\/jobs\/\?q=ink","done":29,"moved":0/)
})

test('all of a state are cancelled, and one must be named that fits', async t => {
  const { say, ask, countOf, database } = await openFailed(t, 3)
  await database('jobs').where('id', '<', 3).update({ state: 'waiting' })
  const vague = await say('cancel', '--all', '--yes')
  assert.match(vague.err, /Say of which state: --state waiting, --state running, --state retrying/)
  assert.equal((await say('cancel', '--all', '--state', 'failed', '--yes')).code, 2)
  const answer = await ask<object>('cancel', '--all', '--state', 'waiting', '--yes')
  assert.deepEqual(answer, { done: 2, moved: 0, stopped: false })
  assert.equal(await countOf('cancelled'), 2)
  const none = await say('discard', '--all', '--kind', 'invoice', '--yes')
  assert.deepEqual([none.code, none.out], [0, '0 jobs are discarded.\n'])
})

test('Ctrl-C ends it between two portions; what is done stays done', async t => {
  const { environment, database, countOf } = await openFailed(t, 1)
  const row = await database('jobs').first()
  const rows = Array.from({ length: 20_000 }, (_, n) => ({
    ...row,
    id: n + 2,
    token: (n + 2).toString(16).padStart(32, '0')
  }))
  await database.batchInsert('jobs', rows, 25)
  const child = startBeanline(['discard', '--all', '--yes'], { environment })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  await eventually(() => /\d+ of more than 10000/.test(err), 60)
  child.kill('SIGINT')
  await eventually(() => child.exitCode !== null, 60)
  assert.equal(child.exitCode, 1)
  assert.match(out, /^\d+ jobs are discarded\. Stopped; what is done stays done\./)
  const discarded = await countOf('discarded')
  assert.equal(discarded, Number.parseInt(out, 10))
  assert.ok(discarded < 20_001)
})

test('a reader that has seen enough does not end what was asked for', async t => {
  const { environment, countOf } = await openFailed(t, 40)
  const ids = Array.from({ length: 40 }, (_, n) => String(n + 1))
  const child = startBeanline(['retry', ...ids], { environment })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  assert.equal(await countOf('waiting'), 40)
})
