import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { type Engine, openEngine, recordJob } from '../../../test/engine.ts'
import { openQueue } from '../../queue/sqs.ts'
import { buildWeb } from '../app.ts'

const password = 'beans'
const authorization = `Basic ${Buffer.from(`x:${password}`).toString('base64')}`

/** The web tier alone: no worker takes a job, and no tick comes. */
async function openWeb(t: TestContext, change: (engine: Engine) => Partial<Engine> = () => ({})) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  engine.config.OPERATOR_PASSWORD = password
  const web = await buildWeb({ ...engine, ...change(engine) })
  t.after(() => web.close())
  const read = async (query = '', language = 'en') => {
    const headers = { authorization, 'accept-language': language }
    const response = await web.inject({ url: `/dashboard/${query}`, headers })
    assert.equal(response.statusCode, 200)
    return response.body
  }
  return { engine, web, read }
}

const numbersOf = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/class="station[^>]*aria-label="([^:]+): ([^,"]+)/g)].map(
      ([, name, value]) => [name, value]
    )
  )

test('the overview shows how many jobs are at each station of the line', async t => {
  const { engine, read } = await openWeb(t)
  const states = ['waiting', 'waiting', 'running', 'retrying', 'finished', 'failed', 'failed']
  for (const state of states) {
    const { id } = await recordJob(engine)
    const finished_at = Date.now()
    await engine.database('jobs').where({ id }).update({ state, finished_at })
  }
  await engine.queue.send(1)
  const { deadLetterQueueUrl: QueueUrl, sqs } = engine.aws
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"job":1}' }))
  const page = await read()
  assert.deepEqual(numbersOf(page), {
    Recorded: '2',
    'On the queue': '1',
    'In flight': '0',
    Running: '1',
    Finished: '1',
    'Dead letters': '1',
    Failed: '2'
  })
  assert.match(page, /There is a message in the dead-letter queue/)
  assert.match(page, /2 jobs have failed in the last hour/)
  assert.match(page, /<a href="\/dashboard\/jobs\/\?state=failed">Failed jobs/)
})

test('where nothing is wrong, the overview says so, in both languages', async t => {
  const { read } = await openWeb(t)
  assert.match(await read(), /<h2 id="wrong" role="status">Nothing is wrong<\/h2>/)
  assert.match(await read('', 'ja'), /問題はありません/)
})

test('the page does not wait for an SQS that is silent, and says so', async t => {
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as { port: number }
  const { read } = await openWeb(t, ({ config }) => {
    const queue = openQueue({ ...config, AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}` })
    t.after(() => queue.close())
    return { queue }
  })
  const beganAt = performance.now()
  const page = await read()
  // SQS itself is waited for 4 s.
  assert.ok(performance.now() - beganAt < 3500)
  assert.match(page, /SQS does not tell what is on the queue \(no answer within 1 s\)/)
  assert.equal(numbersOf(page)['On the queue'], '?')
})

test('ten operators who look at once cost one', async t => {
  const { engine, read } = await openWeb(t)
  let statements = 0
  engine.database.on('query', () => {
    statements += 1
  })
  await read()
  const ofOne = statements
  await Promise.all(Array.from({ length: 10 }, () => read()))
  assert.ok(ofOne > 10)
  assert.equal(statements, ofOne)
})

test('each span has its charts, with a table for who can’t see them', async t => {
  const { engine, read } = await openWeb(t)
  const { id } = await recordJob(engine)
  const finished_at = Date.now() - 1000
  const columns = { state: 'finished', finished_at, waiting_at: finished_at - 20_000 }
  await engine.database('jobs').where({ id }).update(columns)
  for (const [span, step] of [
    ['1h', '1 min'],
    ['24h', '30 min'],
    ['7d', '3 h']
  ]) {
    const page = await read(`?span=${span}`)
    assert.ok(page.includes(`Throughput, per ${step}`), span)
    assert.match(page, /role="img" aria-label="1 finished, 0 failed\."/)
    assert.match(page, /role="img" aria-label="p50 \d+ s–\d+ s, p95 \d+ s–\d+ s"/)
    assert.match(page, /<th scope="row">[\d: -]+<\/th><td>1<\/td><td>0<\/td><td>(19|20|21) s<\/td>/)
    assert.ok(page.includes(`href="/dashboard/?span=${span}&amp;lang=ja"`))
    assert.ok(page.length < 50_000)
  }
  for (const query of ['?span=1y', '?span=toString', '?span[]=7d', '?span=7d&span=1h'])
    assert.match(await read(query), /per 1 min/)
})

test('without JavaScript the overview loads itself again', async t => {
  const { read } = await openWeb(t)
  assert.match(await read(), /<noscript><meta http-equiv="refresh" content="30"><\/noscript>/)
})
