import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { State } from '../src/queue/state.ts'
import { hasNoSidewaysScroll, openPage } from './browser.ts'
import { makeBusy } from './busy.ts'
import { openDashboard } from './dashboard.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 844 } }

/** The dashboard of a line with a past, whose workers are away: what is on the queue stays there. */
async function open(t: TestContext, { size, hasScripts }: Way) {
  const { app, line } = await openDashboard(t)
  const { job: story } = await makeBusy(line)
  const webUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const { page, complaints } = await openPage(t, {
    ...{ locale: 'en-US', viewport: sizes[size], javaScriptEnabled: hasScripts },
    httpCredentials: { username: 'Ann', password: 'act' }
  })
  const count = async (state: State) => (await line.database('jobs').where({ state })).length
  return { page, complaints, webUrl, line, story, count }
}

type Way = { size: keyof typeof sizes; hasScripts: boolean }

const ways: Way[] = [
  { size: 'phone', hasScripts: true },
  { size: 'desk', hasScripts: false }
]

for (const way of ways) {
  const how = `on a ${way.size}, ${way.hasScripts ? 'with' : 'without'} JavaScript`

  test(`a job is cancelled, and another discarded, from the list and from its page, ${how}`, {
    skip
  }, async t => {
    const { page, complaints, webUrl, line, story, count } = await open(t, way)
    const before = { cancelled: await count('cancelled'), discarded: await count('discarded') }
    await page.goto(`${webUrl}/dashboard/jobs/?state=retrying`)
    await page.getByText('Cancel…', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByText(/^Job \d+: cancelled\.$/).waitFor()
    assert.equal(await count('cancelled'), before.cancelled + 1)

    await page.goto(`${webUrl}/dashboard/jobs/${story}`)
    await page.getByText('Discard…', { exact: true }).click()
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await page.getByText(`Job ${story}: discarded.`).waitFor()
    assert.equal(await count('discarded'), before.discarded + 1)
    assert.match(page.url(), new RegExp(`/dashboard/jobs/${story}\\?`))

    await page.getByRole('link', { name: 'Audit log' }).click()
    const [latest] = await line.database('actions').orderBy('id', 'desc')
    assert.deepEqual([latest.action, latest.job_id, latest.name], ['discard', story, 'Ann'])
    await page.getByLabel('Number of a job').fill(String(story))
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('cell', { name: 'Discard' }).waitFor()
    assert.equal(await page.locator('tbody tr').count(), 1)
    assert.ok(await hasNoSidewaysScroll(page))
    assert.deepEqual(complaints, [])
  })

  test(`all that a search finds are discarded or cancelled, ${how}`, { skip }, async t => {
    const { page, complaints, webUrl, count } = await open(t, way)
    const before = { failed: await count('failed'), discarded: await count('discarded') }
    await page.goto(`${webUrl}/dashboard/jobs/?state=failed&kind=report`)
    const [, listed] = /Failed (\d+)/.exec(await page.locator('main').innerText()) ?? []
    await page.getByRole('link', { name: 'Discard all…' }).click()
    await page.getByText(`${listed} jobs`, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Discard all' }).click()
    await page.getByText('Done.').waitFor()
    assert.equal(await count('discarded'), before.discarded + Number(listed))
    assert.equal(await count('failed'), before.failed - Number(listed))

    const retrying = await count('retrying')
    const cancelled = await count('cancelled')
    await page.goto(`${webUrl}/dashboard/jobs/?state=retrying`)
    await page.getByRole('link', { name: 'Cancel all…' }).click()
    await page.getByRole('link', { name: 'Back to the list' }).click()
    assert.equal(await count('retrying'), retrying)
    await page.getByRole('link', { name: 'Cancel all…' }).click()
    await page.getByRole('button', { name: 'Cancel all' }).click()
    await page.getByText('Done.').waitFor()
    assert.deepEqual([await count('retrying'), await count('cancelled')], [0, cancelled + retrying])
    assert.deepEqual(complaints, [])
  })
}
