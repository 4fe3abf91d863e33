import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openDashboard } from '../../../test/dashboard.ts'
import { recordJob, reload, scripted } from '../../../test/engine.ts'
import { mailAgain } from '../../jobs/mail-again/job.ts'
import { hearMailEvents } from '../../queue/hear-mail-events.ts'
import { perform } from '../../queue/perform.ts'
import { countDoubts } from '../../queue/standing.ts'

const letter = { subject: 'できました <b>', text: 'text', html: '<p>html</p>' }
const about = { name: 'a.pdf', type: 'application/pdf' }

/** The dashboard of a line whose jobs store a file and mail to the address of their order. */
async function open(t: TestContext, onDoubt: 'repeat' | 'hold' = 'repeat') {
  const dashboard = await openDashboard(t)
  const { engine, session } = dashboard
  const work = scripted(async (_payload, { storage, mail, job }) => {
    const file = await storage.put(`${job.id}.pdf`, Buffer.from('pdf'), about)
    await mail.send({ ...letter, to: job.email })
    return { file }
  })
  const line = { ...engine, kinds: [{ ...work, onDoubt }, mailAgain] }
  const order = async (email: string) => {
    const job = await recordJob(engine)
    await engine.database('jobs').where({ id: job.id }).update({ email })
    await perform(line, { job: job.id, receiveCount: 1 })
    return await reload(engine, job)
  }
  /** A mail of which nobody knows whether it was sent, and which is held. */
  const hold = async () => {
    const job = await recordJob(engine)
    const began = { job_id: job.id, step: 'mail', fencing_token: 1, began_at: 1, receipt: '{}' }
    await engine.database('effects').insert(began)
    await engine.database('jobs').where({ id: job.id }).update({ fencing_token: 3 })
    assert.equal(await perform(line, { job: job.id, receiveCount: 1 }), 'gave up')
    return await reload(engine, job)
  }
  const cookie = await session('act')
  const see = async (path: string, as = cookie) => (await dashboard.get(path, as)).body
  const act = async (path: string, as = cookie) => await dashboard.post(path, as)
  return { ...dashboard, line, order, hold, see, act }
}

test('each mail is listed with what became of it, and its job', async t => {
  const { engine, order, see } = await open(t)
  const good = await order('hanako@example.jp')
  const bad = await order('bounce@simulator.amazonses.com')
  await hearMailEvents(engine)
  const all = await see('/mails/')
  assert.ok(all.indexOf(`/jobs/${bad.id}"`) < all.indexOf(`/jobs/${good.id}"`))
  assert.match(all, /できました &lt;b&gt;/)
  assert.match(all, /Bounce: Permanent\/General, smtp; 550 5\.1\.1 user unknown/)
  assert.ok(all.includes(JSON.parse(bad.receipts as string).mail.messageId))
  const bounced = await see('/mails/?state=bounced')
  assert.ok(bounced.includes(`/jobs/${bad.id}"`) && !bounced.includes(`/jobs/${good.id}"`))
  const to = await see(`/mails/?to=${encodeURIComponent(good.email)}`)
  assert.ok(to.includes(`/jobs/${good.id}"`) && !to.includes(`/jobs/${bad.id}"`))
  const one = await see(`/mails/?job=${bad.id}`)
  assert.ok(one.includes(`/jobs/${bad.id}"`) && !one.includes(`/jobs/${good.id}"`))
  assert.match(await see('/mails/?state=complained'), /There are no mails here/)
})

test('the mails are paged, and what is no filter is none', async t => {
  const { engine, see } = await open(t)
  const row = {
    ...{ kind: 'scripted', state: 'finished', payload: '{}', payload_hash: 'x', language: 'ja' },
    ...{ email: 'z@example.jp', waiting_at: 1, queued_at: 1, finished_at: 1 }
  }
  const rows = Array.from({ length: 120 }, (_, n) => ({ ...row, token: `t${n}` }))
  await engine.database.batchInsert('jobs', rows, 40)
  const ids: number[] = await engine.database('jobs').orderBy('id').pluck('id')
  const entry = { step: 'mail', fencing_token: 1, began_at: 1, done_at: 1, receipt: '{}' }
  const effects = ids.map(job_id => ({ ...entry, job_id }))
  await engine.database.batchInsert('effects', effects, 40)
  const seen: number[] = []
  let path = '/mails/'
  for (let pages = 1; ; pages += 1) {
    const page = await see(path)
    seen.push(...[...page.matchAll(/\/dashboard\/jobs\/(\d+)"/g)].map(([, id]) => Number(id)))
    const next = /rel="next" href="\/dashboard([^"]+)"/.exec(page)?.[1]
    if (!next) {
      assert.equal(pages, 3)
      const back = /rel="prev" href="\/dashboard([^"]+)"/.exec(page)?.[1] ?? ''
      assert.ok((await see(back)).includes(`/jobs/${ids[60]}"`))
      break
    }
    path = next
  }
  assert.deepEqual(seen, ids.toReversed())
  const first = await see(`/mails/?after=${ids[100]}`)
  assert.equal(first.match(/\/dashboard\/jobs\/\d+"/g)?.length, 50)
  const hostile = ['state=toString', 'state[]=x', 'job=1e3', 'before=x&after=%00', 'to=%20']
  for (const query of hostile) {
    const page = await see(`/mails/?${query}`)
    assert.ok(page.includes(`/jobs/${ids.at(-1)}"`), query)
  }
})

test('a held mail is sent again by order, once, or its job is discarded', async t => {
  const { engine, line, hold, see, act } = await open(t, 'hold')
  const job = await hold()
  const page = await see('/mails/?state=held')
  assert.match(page, /Held: needs a decision/)
  assert.ok(page.includes(`action="/dashboard/mails/${job.id}/retry?state=held"`))
  const { statusCode, headers } = await act(`/mails/${job.id}/retry?state=held`)
  assert.equal(statusCode, 303)
  assert.equal(headers.location, `/dashboard/mails/?state=held&done=retry-${job.id}`)
  assert.equal(await perform(line, { job: job.id, receiveCount: 1 }), 'finished')
  await hearMailEvents(engine)
  assert.match(await see(`/mails/?job=${job.id}`), /mail-delivered.*It may have come twice/)
  const late = await act(`/mails/${job.id}/retry`)
  assert.equal(late.headers.location, `/dashboard/mails/?done=nothing-${job.id}`)

  const other = await hold()
  assert.equal((await countDoubts(engine.database)).held, 1)
  await act(`/mails/${other.id}/discard`)
  assert.equal((await reload(engine, other)).state, 'discarded')
  assert.match(await see('/mails/?state=held'), /There are no mails here/)
  assert.match(await see('/mails/?state=ambiguous'), /mail-doubtful/)
  assert.equal((await countDoubts(engine.database)).held, 0)
  const log = await engine.database('actions').whereNotNull('job_id').orderBy('id')
  assert.deepEqual(
    log.map(({ action, outcome }) => `${action} ${outcome}`),
    ['retry done', 'retry nothing', 'discard done']
  )
})

test('a mail that bounced is sent again to the same address, once a minute, and that is noted', async t => {
  const { engine, order, see, act } = await open(t)
  const job = await order('bounce@simulator.amazonses.com')
  assert.ok((await see('/mails/')).includes(`action="/dashboard/mails/${job.id}/mail-again"`))
  const first = await act(`/mails/${job.id}/mail-again`)
  assert.equal(first.headers.location, `/dashboard/mails/?done=mail-again-${job.id}`)
  const notice = await see(`/mails/?done=mail-again-${job.id}`)
  assert.match(notice, /the mail with its link is sent again to the same address/)
  const second = await act(`/mails/${job.id}/mail-again`)
  assert.equal(second.headers.location, `/dashboard/mails/?done=nothing-${job.id}`)
  const again = await engine.database('jobs').where({ kind: 'mail-again' })
  assert.deepEqual(
    again.map(({ email }) => email),
    [job.email]
  )
  const outcomes = await engine.database('actions').where({ action: 'mail-again' })
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['done', 'nothing']
  )
})

test('a viewer has no buttons, and what is no action does nothing', async t => {
  const { order, session, see, act } = await open(t)
  const job = await order('hanako@example.jp')
  const viewer = await session('look')
  assert.doesNotMatch(await see('/mails/', viewer), /mail-again|Actions/)
  assert.equal((await act(`/mails/${job.id}/mail-again`, viewer)).statusCode, 403)
  for (const path of [`${job.id}/toString`, `${job.id}/cancel`, '0/retry', 'x/retry', '9/retry'])
    assert.equal((await act(`/mails/${path}`)).statusCode, 404, path)
})

test('where the events of SES are not wired, the page says what is unknown', async t => {
  const { config, see } = await open(t)
  assert.doesNotMatch(await see('/mails/'), /are not wired/)
  config.MAIL_EVENTS_QUEUE_URL = ''
  assert.match(await see('/mails/'), /The events of SES are not wired \(MAIL_EVENTS_QUEUE_URL\)/)
})

test('the page of a job tells what SES told, and what to do; the overview counts it', async t => {
  const { engine, order, see } = await open(t)
  const bad = await order('bounce@simulator.amazonses.com')
  const angry = await order('complaint@simulator.amazonses.com')
  await hearMailEvents(engine)
  const page = await see(`/jobs/${bad.id}`)
  assert.match(page, /The mail did not arrive \([^)]*Bounce: Permanent\/General/)
  assert.match(page, /Have it ordered again with a right address/)
  assert.match(page, /mail-events/)
  assert.match(await see(`/jobs/${angry.id}`), /has reported the mail as unwanted/)
  assert.match(await see(`/mails/?job=${bad.id}`), /Send again/)
  assert.doesNotMatch(await see(`/mails/?job=${angry.id}`), /Send again/)
  const overview = await see('/')
  assert.match(overview, /A mail bounced in the last 24 hours \(bounce@simulator\.amazonses\.com\)/)
  assert.match(overview, /A mail was reported as unwanted/)
})
