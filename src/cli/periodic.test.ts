import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { eventually } from '../../test/engine.ts'
import { openLine } from '../../test/line.ts'
import { beanline, environmentOf, openShell, startBeanline } from '../../test/shell.ts'

test('the periodic tasks show their last tick and the next', async t => {
  const { say, ask, database } = await openShell(t)
  const tick = { task: 'sweep', fencing_token: 1, began_at: 1000, ended_at: 3500 }
  const at = Date.UTC(2026, 10, 26, 3)
  await database('ticks').insert([
    { ...tick, scheduled_at: at, state: 'failed', result: 'No database.' },
    { ...tick, scheduled_at: at - 60_000, state: 'done', result: '{}' }
  ])
  const { out } = await say('periodic')
  assert.match(out, /^sweep +\d{4}-.* 2026-11-26 12:00:00 +failed +2\.5 s +No database\.$/m)
  assert.match(out, /^digest +\d{4}-\d\d-\d\d 09:00:00 +- +never +-$/m)
  type Tasks = { tasks: { task: string; nextAt: string; last: { state: string } | null }[] }
  const { tasks } = await ask<Tasks>('periodic')
  assert.deepEqual(
    [tasks[0]?.task, tasks[0]?.last?.state, tasks.at(-1)?.last],
    ['sweep', 'failed', null]
  )
  assert.ok(Date.parse(tasks[0]?.nextAt ?? '') - Date.now() <= 60_000)
})

test('a task is run by hand, by a worker, and the audit log knows who asked', async t => {
  const { line } = await openLine(t)
  const environment = environmentOf(line.config)
  const ran = await beanline(['periodic', 'run', 'sweep', '--as', '花子'], { environment })
  assert.equal(ran.code, 0, ran.err)
  assert.match(ran.out, /^sweep is done after [\d.]+ m?s: \{"sent":0/)
  const [action] = await line.database('actions').where({ action: 'run-now' })
  assert.deepEqual([action.name, action.outcome], ['花子', 'done'])
  const asJson = await beanline(['periodic', 'run', 'dead-letter', '--json'], { environment })
  assert.equal(JSON.parse(asJson.out).state, 'done')
})

test('a run by hand that no worker takes stays on the queue after Ctrl-C', async t => {
  const { environment, queue } = await openShell(t)
  const child = startBeanline(['periodic', 'run', 'sweep'], { environment })
  await eventually(async () => (await queue.depth()) === 1)
  child.kill('SIGINT')
  assert.deepEqual(await once(child, 'close'), [1, null])
})

test('what is no task is not sent', async t => {
  const { say, queue } = await openShell(t)
  const { code, err } = await say('periodic', 'run', 'swep')
  assert.equal(code, 2)
  assert.match(err, /no task "swep": did you mean "sweep"\?/)
  assert.equal((await say('periodic', 'sweep')).code, 2)
  assert.equal(await queue.depth(), 0)
})
