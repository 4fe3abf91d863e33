import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { openDashboard } from '../../../test/dashboard.ts'
import { runTick } from '../../queue/tick.ts'

const minute = 60_000
const lastMinute = () => Math.floor(Date.now() / minute) * minute - minute

async function open(t: TestContext, ticks: object[] = []) {
  const dashboard = await openDashboard(t)
  const { engine, get, post, session } = dashboard
  if (ticks.length > 0) await engine.database('ticks').insert(ticks)
  const cookie = await session('act')
  const see = async (path = '') => (await get(`/periodic/${path}`, cookie)).body
  /** Asks for a run; gives the page that one is led to, from `/dashboard` on. */
  const run = async (task: string) => {
    const { statusCode, headers } = await post(`/periodic/${task}/run`, cookie)
    assert.equal(statusCode, 303)
    return String(headers.location).slice('/dashboard/periodic/'.length)
  }
  const at = (path: string) => new Date(Number(/asked=(\d+)/.exec(path)?.[1]))
  return { ...dashboard, see, run, at }
}

const tick = (task: string, columns: object) => {
  const time = lastMinute()
  return {
    task,
    scheduled_at: time,
    state: 'done',
    began_at: time,
    ended_at: time + 80,
    ...columns
  }
}

test('each task of cron.yaml is there with what it is for, when it is due, and how it went', async t => {
  const { see, get, session } = await open(t, [
    tick('sweep', { result: '{"sent":3,"released":0,"failed":1,"missed":0}' }),
    tick('sweep', { scheduled_at: lastMinute() - minute, state: 'missed' })
  ])
  const page = await see()
  for (const text of ['>sweep<', '>dead-letter<', '>prune<', '>digest<', 'expired files'])
    assert.ok(page.includes(text), text)
  assert.match(page, /every minute <code>\* \* \* \* \*<\/code>/)
  assert.match(page, /daily at 03:30 Japan time <code>30 18 \* \* \*<\/code>/)
  assert.match(page, /3 sent again, 1 failed/)
  assert.match(page, /took 80 ms/)
  const text = page.replace(/<[^>]*>/g, '')
  assert.match(text, /done 1, failed 0, skipped 0, missed 1/)
  assert.match(page, /aria-label="Durations of the latest 1 runs: 80 ms to 80 ms; 0 failed\."/)
  assert.match(page, /never yet/)
  assert.ok(page.length < 50_000)
  const viewer = await get('/periodic/', await session('look'))
  assert.doesNotMatch(viewer.body, /Run now/)
})

test('a task that is no longer in cron.yaml has a past, and no button', async t => {
  const { see, post, session } = await open(t, [tick('tidy', { result: '{"rooms":2}' })])
  const page = await see('tidy')
  assert.match(page, /no longer in cron\.yaml/)
  assert.match(page, /rooms: 2/)
  assert.doesNotMatch(page, /Run now/)
  assert.equal((await post('/periodic/tidy/run', await session('act'))).statusCode, 404)
})

test('a tick that is overdue is told of before it is noted as missed', async t => {
  const time = lastMinute() - 20 * minute
  const { see } = await open(t, [tick('sweep', { scheduled_at: time, began_at: time })])
  assert.match(await see('sweep'), /The tick of [\d :-]+ has not come/)
})

test('a tick that may still come is not called overdue', async t => {
  const time = lastMinute() - 8 * minute
  const { see } = await open(t, [tick('sweep', { scheduled_at: time, began_at: time })])
  assert.doesNotMatch(await see('sweep'), /has not come/)
})

test('to run now puts a tick on the queue as sqsd does, at no whole minute, and keeps who did', async t => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 26, 3, 15, 0, 250) })
  const { engine, see, run } = await open(t)
  const page = await run('dead-letter')
  assert.equal(page, `dead-letter?asked=${Date.UTC(2026, 10, 26, 3, 15, 1)}`)
  assert.match(await see(page), /The run of 12:15:01 waits for its turn on the queue/)
  const { queueUrl: QueueUrl, sqs } = engine.aws
  const all = { QueueUrl, MessageAttributeNames: ['All'] }
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand(all))
  assert.equal(message?.Body, 'elasticbeanstalk scheduled job')
  const attributes = Object.entries(message?.MessageAttributes ?? {})
  assert.deepEqual(Object.fromEntries(attributes.map(([name, one]) => [name, one.StringValue])), {
    'beanstalk.sqsd.path': '/cron/dead-letter',
    'beanstalk.sqsd.task_name': 'dead-letter',
    'beanstalk.sqsd.scheduled_time': '2026-11-26 03:15:01 UTC'
  })
  const [entry] = await engine.database('actions').where({ action: 'run-now' })
  assert.deepEqual([entry.name, entry.outcome], ['花子', 'done'])
  assert.equal(entry.details, '{"task":"dead-letter","for":"2026-11-26T03:15:01.000Z"}')
})

test('the page follows a run that was asked for to its end', async t => {
  const { engine, see, run, at } = await open(t)
  const path = await run('sweep')
  const { promise, resolve } = Promise.withResolvers<object>()
  const running = Promise.withResolvers<void>()
  const ticking = runTick(engine, { task: 'sweep', scheduledAt: at(path) }, () => {
    running.resolve()
    return promise
  })
  await running.promise
  const during = await see(path)
  assert.match(during, /is under way/)
  assert.match(during, /data-waits/)
  assert.match(during, /<noscript><meta http-equiv="refresh" content="3">/)
  resolve({ sent: 2 })
  await ticking
  const after = await see(path)
  assert.match(after, /is done: 2 sent again/)
  assert.match(after, /\(by hand\)/)
  assert.doesNotMatch(after, /data-waits|http-equiv="refresh"/)
})

test('a run that was asked for while another is not over is skipped, and the page says so', async t => {
  const lease = { state: 'running', ended_at: null, running_task: 'sweep' }
  const { engine, see, run, at } = await open(t, [
    tick('sweep', { ...lease, lease_until: Date.now() + minute })
  ])
  const path = await run('sweep')
  const outcome = await runTick(engine, { task: 'sweep', scheduledAt: at(path) }, async () => ({}))
  assert.equal(outcome, 'skipped')
  assert.match(await see(path), /was skipped: another run of the task is not over/)
  assert.match(await see(`${path}&lang=ja`), /見送られました：前の回がまだ終わっていないため/)
})

test('where SQS takes no message, the page says that nothing was run', async t => {
  const { engine, see, run } = await open(t)
  await engine.aws.close()
  const path = await run('sweep')
  assert.equal(path, 'sweep?unsent=1')
  assert.match(await see(path), /SQS did not take the message, and nothing was run/)
  const [entry] = await engine.database('actions').where({ action: 'run-now' })
  assert.equal(entry.outcome, 'failed')
})

test('ticks are filtered by state and leafed through, and what is no filter is none', async t => {
  const time = lastMinute()
  const ticks = Array.from({ length: 120 }, (_, index) => {
    const scheduled_at = time - index * minute
    return tick('sweep', { scheduled_at, state: index % 60 === 9 ? 'failed' : 'done' })
  })
  const { see, post, get, session } = await open(t, ticks)
  const count = (page: string) => page.match(/<tr><td/g)?.length
  assert.equal(count(await see('sweep')), 50)
  const before = `before=${time - 99 * minute}`
  assert.equal(count(await see(`sweep?${before}`)), 20)
  assert.equal(count(await see('sweep?state=failed')), 2)
  assert.equal(count(await see(`sweep?state=failed&${before}`)), undefined)
  for (const query of ['state=toString', 'state[]=failed', 'before=x', 'asked=1e9', 'asked=7'])
    assert.equal(count(await see(`sweep?${query}`)), 50, query)
  for (const at of [time - 25 * 60 * minute, time + 25 * 60 * minute])
    assert.doesNotMatch(await see(`sweep?asked=${at}`), /The run of/)
  const cookie = await session('look')
  assert.equal((await post('/periodic/sweep/run', cookie)).statusCode, 403)
  for (const path of ['/periodic/nothing', '/periodic/%27%20OR%201', '/periodic/toString'])
    assert.equal((await get(path, cookie)).statusCode, 404, path)
})
