import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../src/queue/job.ts'
import { openPage } from './browser.ts'
import { needs } from './needs.ts'
import { openPerson } from './person.ts'

const skip = needs('chromium')

for (const javaScriptEnabled of [true, false])
  test(`the mail is sent again and the link closed ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const { engine, web, path, job } = await openPerson(t)
    const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
    const { page, complaints } = await openPage(t, { javaScriptEnabled })
    await page.goto(webUrl + path)
    await page.getByRole('button', { name: 'メールを再送する' }).click()
    await page.getByText('再送を受け付けました').waitFor()
    const again = await engine.database<Job>('jobs').where({ kind: 'mail-again' })
    assert.deepEqual(
      again.map(({ email }) => email),
      ['hanako@example.jp']
    )
    const close = page.getByRole('button', { name: '無効にする' })
    assert.equal(await close.isVisible(), false, 'only in a second step')
    await page.getByText('リンクを無効にする…').click()
    await close.click()
    await page.getByText('にリンクを無効にしました').waitFor()
    assert.ok((await job()).revoked_at)
    assert.equal(await page.getByRole('link', { name: 'ダウンロード' }).count(), 0)
    assert.deepEqual(complaints, [])
  })

test('the picture comes by itself when the job is finished', { skip }, async t => {
  const { web, path, change } = await openPerson(t)
  const webUrl = await web.listen({ host: '127.0.0.1', port: 0 })
  await change({ state: 'running', progress: 40 })
  const { page, complaints } = await openPage(t)
  await page.goto(webUrl + path)
  await page.getByText('40%').first().waitFor()
  const picture = page.waitForResponse(response => response.url().endsWith('/preview.png'))
  await change({ state: 'finished' })
  assert.equal((await picture).status(), 200)
  await page.getByAltText('できあがった書類の1ページ目').waitFor()
  assert.match(String(await page.locator('#said').textContent()), /^完了: /)
  assert.deepEqual(complaints, [])
})
