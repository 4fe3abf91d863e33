import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { eventually } from './engine.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: '花子', password: 'local' }
const minute = 60_000

/** Two days of ticks of the sweep: most done, some not; and a task that is no longer in cron.yaml. */
function past() {
  const last = Math.floor(Date.now() / minute) * minute - minute
  const rows = Array.from({ length: 300 }, (_, index) => {
    const scheduled_at = last - index * minute
    const state = { 7: 'failed', 20: 'skipped', 21: 'missed' }[index] ?? 'done'
    const result = {
      done: JSON.stringify({
        sent: index % 3,
        released: 0,
        failed: index % 40 === 1 ? 1 : 0,
        missed: 0
      }),
      failed: 'Error: connect ECONNREFUSED 10.0.3.7:3306',
      skipped: 'another run of the task is not over',
      missed: 'No worker got it in time.'
    }[state]
    const ended_at = scheduled_at + 400 + ((index * 37) % 90)
    return { task: 'sweep', scheduled_at, state, result, began_at: scheduled_at + 300, ended_at }
  })
  const old = { task: 'tidy', state: 'done', result: '{"rooms":3}' }
  const time = last - 20 * 86_400_000
  return [...rows, { ...old, scheduled_at: time, began_at: time, ended_at: time + 90_000 }]
}

for (const [size, viewport, javaScriptEnabled] of [
  ['a phone', { width: 390, height: 844 }, true],
  ['a desk without JavaScript', { width: 1280, height: 844 }, false]
] as const)
  test(`the operator runs a periodic task now, on ${size}, and sees it done`, {
    skip
  }, async t => {
    const { line, webUrl } = await openLine(t)
    await line.database('ticks').insert(past())
    const locale = javaScriptEnabled ? 'ja-JP' : 'en-US'
    const { page, complaints } = await openPage(t, {
      ...{ httpCredentials, locale, viewport, javaScriptEnabled }
    })
    await page.goto(`${webUrl}/dashboard/`)
    await page.getByRole('link', { name: /^(定期タスク|Periodic)$/ }).click()
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `periodic-${locale}`)

    await page.getByRole('button', { name: /sweep$/ }).click()
    await page.getByText(/に頼んだ実行は完了しました|is done:/).waitFor()
    // One of cron.yaml may have come since, and stand before it.
    const row = page.locator('table tbody tr', { hasText: /（手動）|\(by hand\)/ })
    await row.getByText(/^(完了|done)$/).waitFor()
    assert.ok(await hasNoSidewaysScroll(page))
    await picture(page, `periodic-sweep-${locale}`)

    const byHand = await line.database('ticks').whereRaw('scheduled_at % 60000 <> 0')
    assert.deepEqual(
      byHand.map(({ task, state }) => [task, state]),
      [['sweep', 'done']]
    )
    const [entry] = await line.database('actions').where({ action: 'run-now' })
    assert.deepEqual([entry.name, entry.outcome], ['花子', 'done'])
    assert.deepEqual(complaints, [])
  })

test('the ticks of a task are filtered and leafed through', { skip }, async t => {
  const { line, webUrl } = await openLine(t)
  await line.database('ticks').insert(past())
  const { page } = await openPage(t, { httpCredentials, locale: 'en-US' })
  await page.goto(`${webUrl}/dashboard/periodic/`)
  await page.getByRole('link', { name: 'sweep' }).click()
  const rows = page.locator('table tbody tr')
  await eventually(async () => (await rows.count()) === 50)
  const before = await rows.last().textContent()
  await page.getByRole('link', { name: 'Older 50' }).click()
  await page.getByRole('link', { name: 'Newest' }).waitFor()
  assert.notEqual(await rows.last().textContent(), before)
  await page.getByRole('link', { name: 'failed', exact: true }).click()
  await page.getByText('ECONNREFUSED').first().waitFor()
  await eventually(async () => (await rows.count()) === 1)
  await page.getByRole('link', { name: 'All periodic tasks' }).click()
  await page.getByRole('link', { name: 'tidy' }).click()
  await page.getByText('no longer in cron.yaml').waitFor()
  assert.equal(await page.getByRole('button', { name: /^Run now/ }).count(), 0)
})
