import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jobs from '../src/queue/job.ts'
import { sent } from '../src/queue/message.ts'
import { record } from '../src/queue/record.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine, order, post, settled } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: 'x', password: 'local' }

test('the operator reads on a phone why a job has failed, and sends it back from its page', {
  skip
}, async t => {
  const { line, webUrl } = await openLine(t)
  const { database } = line
  const { job } = await record(database, {
    ...{ kind: 'invoice', payload: '{"number":"2026-001","issuer":{"name":"まめや珈琲"}}' },
    ...{ payload_hash: 'x', idempotency_key: null, email: 'hanako@example.jp', language: 'ja' }
  })
  const now = async () => (await jobs.find(database, job.id)) as jobs.Job
  const begin = async (receives: number) =>
    (await jobs.claim(
      database,
      await now(),
      'd2f1f0c4-7a33-4c39-9c0e-0f3f8a9ee5b1',
      receives
    )) as jobs.Job
  await sent(database, job, 'd2f1f0c4-7a33-4c39-9c0e-0f3f8a9ee5b1')
  await begin(1)
  await database('jobs').where({ id: job.id }).update({ lease_until: 1 })
  await jobs.retry(
    database,
    await begin(3),
    'Error: ENOENT: no such file or directory, open fonts/NotoSansJP.ttf'
  )
  await jobs.fail(
    database,
    await begin(5),
    'GiveUp: SES: Email address is not verified.\n    at judge (src/mail.ts:96:20)'
  )
  const { page, complaints } = await openPage(t, { httpCredentials })
  await page.goto(`${webUrl}/dashboard/jobs/?state=failed`)
  await page.getByRole('link', { name: String(job.id), exact: true }).click()
  await page.getByRole('heading', { name: '説明' }).waitFor()
  assert.ok(await hasNoSidewaysScroll(page))
  assert.equal(await page.locator('.timeline svg[role="img"]').count(), 3)
  await picture(page, 'job-failed')
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByText('died or lost the database').waitFor()
  await picture(page, 'job-failed-en')
  await page.getByRole('button', { name: 'Retry' }).click()
  await page.getByText(`Job ${job.id}: it runs again.`).waitFor()
  assert.match(page.url(), new RegExp(`/dashboard/jobs/${job.id}\\?done=`))
  assert.deepEqual(complaints, [])
})

test('the page of a finished job has its mail and gives its file', { skip }, async t => {
  const { webUrl } = await openLine(t)
  const { body } = await post(webUrl, order())
  await settled(webUrl, body.token)
  const { page } = await openPage(t, { httpCredentials, locale: 'en-US' })
  await page.goto(`${webUrl}/dashboard/jobs/${body.id}`)
  await picture(page, 'job-finished-en')
  const download = page.waitForEvent('download')
  await page.locator('.facts a[download]').click()
  assert.match((await download).suggestedFilename(), /\.pdf$/)
  await page.getByText('Id at SES').waitFor()
})
