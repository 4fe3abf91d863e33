import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onBothDatabases } from '../../../test/databases.ts'
import { type Engine, openEngine, recordJob, reload } from '../../../test/engine.ts'
import { countAhead } from '../../queue/ahead.ts'
import { send } from '../../queue/enqueue.ts'
import * as jobs from '../../queue/job.ts'
import type { Kind } from '../../queue/kind.ts'
import { perform } from '../../queue/perform.ts'
import { buildWeb } from '../app.ts'

const about = { name: '請求書.pdf', type: 'application/pdf' }
const mail = { to: 'hanako@example.jp', subject: 'できました', text: 'text', html: '<p>html</p>' }
const authorization = `Basic ${Buffer.from('x:secret').toString('base64')}`

/** The page of a job, as an operator opens it. */
async function open(t: TestContext, url: string, work: Kind['perform']) {
  const engine = await openEngine(t, url, work)
  const app = await buildWeb({
    ...engine,
    config: { ...engine.config, OPERATOR_PASSWORD: 'secret' }
  })
  t.after(() => app.close())
  const ask = (path: string, language = 'en', method: 'GET' | 'POST' = 'GET') =>
    app.inject({
      ...{ method, url: path, headers: { authorization, 'accept-language': language } }
    })
  const read = async ({ id }: jobs.Job, language?: string) =>
    (await ask(`/dashboard/jobs/${id}`, language)).body
  return { engine, ask, read }
}

const firstOf = async (engine: Engine, job: jobs.Job) =>
  await perform(engine, { job: job.id, receiveCount: 1, messageId: `m-${job.id}` })

onBothDatabases(url => {
  test('the page of a job has its deliveries, its mail with the receipt, its file and its payload', async t => {
    const { engine, read } = await open(t, url(), async (_payload, tools) => {
      const file = await tools.storage.put('a.pdf', Buffer.from('pdf'), about)
      await tools.mail.send(mail)
      return { file }
    })
    const recorded = await recordJob(engine, '<b>&"')
    await firstOf(engine, recorded)
    const job = await reload(engine, recorded)
    const page = await read(job)
    const { messageId } = JSON.parse(job.receipts ?? '{}').mail
    for (const text of [
      ...['Attempt 1: Finished', `m-${job.id}`, 'Receive count', 'できました', messageId],
      ...[mail.to, job.file_sha256 as string, `href="/jobs/${job.token}/file"`],
      ...['&quot;word&quot;: &quot;&lt;b&gt;&amp;', 'It finished at', `href="/jobs/${job.token}"`]
    ])
      assert.ok(page.includes(text), text)
    assert.doesNotMatch(page, /<b>&"|style=|action="\/dashboard\/jobs/)
    assert.match(await read(job, 'ja'), /に完了しました。受付から.*試行1：完了.*請求書\.pdf/s)
  })

  test('a job that waits is told how many are before it', async t => {
    const { engine, read } = await open(t, url(), async () => ({}))
    await recordJob(engine)
    const retrying = await recordJob(engine)
    const attempt = (await jobs.claim(engine.database, retrying)) as jobs.Job
    await jobs.retry(engine.database, attempt, 'x')
    await engine.database('jobs').update({ queued_at: Date.now() - 60_000 })
    const job = await send(engine, await recordJob(engine))
    assert.equal(await countAhead(engine.database, await reload(engine, job)), 2)
    assert.match(await read(job), /2 jobs are before it/)
  })

  test('a failed job says why and is sent back from its page, to which that leads', async t => {
    const { engine, ask, read } = await open(t, url(), async () => {
      throw new Error('There is no <ink>.')
    })
    const job = await recordJob(engine)
    await perform(engine, { job: job.id, receiveCount: 5 })
    const page = await read(job)
    assert.match(page, /class="is-broken"/)
    assert.match(page, /There is no &lt;ink&gt;\./)
    const action = `/dashboard/jobs/${job.id}/retry?from=job`
    assert.ok(page.includes(`action="${action}"`))
    const { statusCode, headers } = await ask(action, 'en', 'POST')
    assert.deepEqual(
      [statusCode, headers.location],
      [303, `/dashboard/jobs/${job.id}?done=retry-${job.id}`]
    )
    const after = await ask(headers.location as string)
    assert.match(after.body, new RegExp(`class="notice"[^>]*>Job ${job.id}: it runs again`))
    assert.match(after.body, /Sent back by an operator/)
  })

  test('a job of an earlier version, without a timeline, has a page all the same', async t => {
    const { engine, read } = await open(t, url(), async () => ({}))
    const job = await recordJob(engine)
    await firstOf(engine, job)
    await engine.database('jobs').update({ timeline: null })
    assert.match(await read(job), /There is no timeline: the job began under an earlier version/)
  })
})

test('the page is small however large the payload is, and closed to all but the operator', async t => {
  const { engine, ask, read } = await open(t, 'sqlite::memory:', async () => ({}))
  const job = await recordJob(engine, 'x'.repeat(300_000))
  const page = await read(job)
  assert.ok(page.length < 50_000, `${page.length} characters`)
  assert.match(page, /280,\d{3} more characters are in the row/)
  for (const id of ['0', '01', '1e3', '999', 'x'])
    assert.equal((await ask(`/dashboard/jobs/${id}`)).statusCode, 404, id)
  const app = await buildWeb(engine)
  t.after(() => app.close())
  const closed = await app.inject({ url: `/dashboard/jobs/${job.id}`, headers: { authorization } })
  assert.equal(closed.statusCode, 403)
})
