import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchKeys } from '../src/queue/search-key.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openLine } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: 'x', password: 'local' }

for (const javaScriptEnabled of [true, false])
  test(`the operator finds failed jobs on a phone and retries them all, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const { line, webUrl } = await openLine(t)
    const now = Date.now()
    const rows = Array.from({ length: 120 }, (_, n) => ({
      ...{ token: n.toString(16).padStart(32, '0'), kind: 'invoice', email: 'hanako@example.jp' },
      ...{ language: 'ja', payload_hash: 'x', payload: `{"number":"2026-${n}"}`, attempts: 5 },
      ...{ waiting_at: now - n * 60_000, queued_at: now, run_at: null, finished_at: now },
      ...searchKeys({ number: `2026-${n}`, name: '𠮷野 商店' }),
      state: n % 2 === 0 ? 'failed' : 'discarded',
      error:
        n % 2 === 0 ? 'Error: SES: the address is not verified\n    at send (mail.ts:1:1)' : null
    }))
    await line.database.batchInsert('jobs', rows, 40)
    const { page, complaints } = await openPage(t, { httpCredentials, javaScriptEnabled })
    await page.goto(`${webUrl}/dashboard/jobs/`)
    await page.getByRole('link', { name: '古い50件' }).click()
    await page.getByRole('link', { name: '新しい50件' }).waitFor()
    if (javaScriptEnabled) await picture(page, 'jobs')

    await page.getByRole('searchbox').fill('２０２６-7')
    await page.getByRole('button', { name: '絞り込む' }).click()
    await page.getByText('すべての中から検索しました').waitFor()
    assert.equal(await page.locator('.jobs tbody tr').count(), 1)
    if (javaScriptEnabled) await picture(page, 'jobs-key')

    await page.goto(`${webUrl}/dashboard/jobs/?state=failed`)
    await page.getByRole('searchbox').fill('not verified')
    await page.getByRole('button', { name: '絞り込む' }).click()
    await page.getByRole('link', { name: 'すべて再実行…' }).waitFor()
    if (javaScriptEnabled) await picture(page, 'jobs-words')
    if (javaScriptEnabled) assert.ok(await hasNoSidewaysScroll(page))
    await page.getByRole('link', { name: 'すべて再実行…' }).click()
    await page.getByText('60件', { exact: true }).waitFor()
    if (javaScriptEnabled) await picture(page, 'bulk-confirm')
    await page.getByRole('button', { name: 'すべて再実行' }).click()
    for (;;) {
      const goOn = page.getByRole('button', { name: '続ける' })
      const over = page.getByText('終わりました。')
      await goOn.or(over).first().waitFor()
      if (await over.isVisible()) break
      if (!javaScriptEnabled) await goOn.click()
    }
    await page.getByText('60件を再実行します。').waitFor()
    if (javaScriptEnabled) await picture(page, 'bulk-result')
    assert.equal((await line.database('jobs').where({ attempts: 5, state: 'failed' })).length, 0)
    assert.deepEqual(complaints, [])
  })
