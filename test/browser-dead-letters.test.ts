import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { kinds } from '../src/jobs/index.ts'
import { examineDeadLetters } from '../src/queue/dead-letter.ts'
import * as jobs from '../src/queue/job.ts'
import type { Kind } from '../src/queue/kind.ts'
import { readOrder } from '../src/queue/order.ts'
import { advanceRedrives } from '../src/queue/redrive-advance.ts'
import { seriousFindings } from './axe.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { openDashboard } from './dashboard.ts'
import { bury, buryFailed, deadCount } from './dead-letters.ts'
import { order } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: '花子', password: 'act' }
const desk = { width: 1280, height: 844 }
const invoice = kinds.find(({ name }) => name === 'invoice') as Kind

async function open(t: TestContext) {
  const { engine, line, app } = await openDashboard(t)
  const webUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const reading = await readOrder(invoice, order(), engine.storage)
  assert.ok('order' in reading)
  const { kind, payload } = reading.order
  /** Failed invoices, whose messages are dead. */
  async function fail(count: number, error: (n: number) => string) {
    for (let n = 0; n < count; n += 1) {
      const { id } = await buryFailed(engine, error(n))
      await engine.database('jobs').where({ id }).update({ kind, payload })
    }
  }
  return { engine, line, webUrl, fail }
}

const notVerified = (n: number) =>
  `Error: SES: Email address is not verified: person${n}@example.jp in region AP-NORTHEAST-1\n    at judge (src/mail.ts:96:20)`

for (const javaScriptEnabled of [true, false])
  test(`dead letters are looked at and sent back, some and all, on a phone ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const { engine, line, webUrl, fail } = await open(t)
    await fail(14, notVerified)
    await fail(2, n => `Error: ENOENT: no such file or directory, open 'fonts/${n}.ttf'`)
    await bury(engine, '{"tick":"<b>sweep</b>"}')
    const { page, complaints } = await openPage(t, { httpCredentials, javaScriptEnabled })
    const shot = async (name: string) => {
      if (!javaScriptEnabled) return
      await picture(page, `dead-letters-${name}`)
      assert.deepEqual(await seriousFindings(page), [], name)
      assert.ok(await hasNoSidewaysScroll(page), name)
    }
    await page.goto(`${webUrl}/dashboard/dead-letters/`)
    await page.getByText('見つかっているデッドレターはありません。').waitFor()
    await shot('none')
    await page.getByRole('button', { name: 'いまキューを調べる' }).click()
    await page.getByText('17件を確認').waitFor()
    await shot('list')
    await page.getByRole('link', { name: 'not verified' }).click()
    await page.getByRole('heading', { name: '14件' }).waitFor()
    await shot('group')
    await page.locator('a[href*="/messages/"]').first().click()
    await page.getByText('配信された回数').waitFor()
    await shot('letter')
    await page.getByRole('button', { name: '再実行' }).click()
    await page.getByText('1件を再実行します。').waitFor()
    await page.getByRole('button', { name: '10件まで再実行' }).click()
    await page.getByText('10件を再実行します。').waitFor()
    await page.getByLabel('1分あたりの件数').fill('2')
    await page.getByRole('button', { name: 'すべて再実行' }).click()
    await page.getByText('再実行を始めました').waitFor()
    await page.getByText('実行中：3件のうち0件').waitFor()
    assert.equal(await advanceRedrives(line), 2)
    if (!javaScriptEnabled) await page.reload()
    await page.getByText('実行中：3件のうち2件').waitFor()
    await shot('running')
    await page.getByRole('button', { name: '止める', exact: true }).click()
    await page.getByText('手動で停止').waitFor()
    assert.equal((await engine.database('jobs').where({ state: 'waiting' })).length, 13)
    assert.deepEqual(complaints, [])
  })

test('a redrive that stopped by itself says so at a desk in English, and leads to the job', {
  skip
}, async t => {
  const { engine, line, webUrl, fail } = await open(t)
  await fail(3, notVerified)
  await examineDeadLetters(line)
  const { page, complaints } = await openPage(t, {
    ...{ httpCredentials, viewport: desk, locale: 'en-GB' }
  })
  await page.goto(`${webUrl}/dashboard/`)
  await page.getByRole('link', { name: /^Dead letters: 3/ }).click()
  await page.getByRole('link', { name: 'not verified' }).click()
  await page.getByLabel('How many a minute').fill('1')
  await page.getByRole('button', { name: 'Redrive all' }).click()
  await page.getByText('Running: 0 of 3').waitFor()
  await advanceRedrives(line)
  const waiting = await engine.database<jobs.Job>('jobs').where({ state: 'waiting' }).first()
  const attempt = (await jobs.claim(engine.database, waiting as jobs.Job)) as jobs.Job
  await jobs.fail(engine.database, attempt, notVerified(77))
  await engine.database('redrives').update({ advanced_at: 1 })
  await advanceRedrives(line)
  const link = page.getByRole('link', { name: `job ${attempt.id}` })
  await link.waitFor()
  await picture(page, 'dead-letters-returned-en')
  assert.deepEqual(await seriousFindings(page), [])
  await link.click()
  await page.getByRole('heading', { name: `Job ${attempt.id}` }).waitFor()
  assert.deepEqual(complaints, [])
})

for (const [where, viewport] of [
  ['on a phone', { width: 390, height: 844 }],
  ['at a desk', desk]
] as const)
  test(`dead letters are discarded ${where}, one and all, without JavaScript`, {
    skip
  }, async t => {
    const { engine, line, webUrl, fail } = await open(t)
    await fail(3, notVerified)
    await bury(engine, '<b>hello</b>')
    await examineDeadLetters(line)
    const { page } = await openPage(t, { httpCredentials, viewport, javaScriptEnabled: false })
    await page.goto(`${webUrl}/dashboard/dead-letters/`)
    await page.getByRole('link', { name: 'not verified' }).click()
    await page.getByRole('row').last().getByText('破棄…').click()
    await page.getByRole('row').last().getByRole('button', { name: '破棄' }).click()
    await page.getByText('1件を破棄しました。').waitFor()
    await page.getByText('すべて破棄…').click()
    await page.getByRole('button', { name: 'すべて破棄' }).click()
    await page.getByText('2件を破棄しました。').waitFor()
    await page.getByRole('link', { name: '一覧に戻る' }).click()
    await page.getByRole('link', { name: 'ジョブを運んでいないメッセージ' }).click()
    await page.getByText('<b>hello</b>').first().waitFor()
    assert.equal(await page.getByRole('button', { name: '再実行' }).count(), 0)
    await page.getByText('すべて破棄…').click()
    await page.getByRole('button', { name: 'すべて破棄' }).click()
    await page.getByText('このグループには、もうありません。').waitFor()
    assert.equal(await deadCount(engine), 0)
    assert.equal((await engine.database('jobs').where({ state: 'discarded' })).length, 3)
  })

for (const javaScriptEnabled of [true, false])
  test(`the operator mends the payload of a failed job ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const { engine, line, webUrl, fail } = await open(t)
    await fail(1, notVerified)
    await examineDeadLetters(line)
    const [row] = await engine.database<jobs.Job>('jobs')
    const viewport = javaScriptEnabled ? undefined : desk
    const { page } = await openPage(t, {
      ...{ httpCredentials, javaScriptEnabled, locale: 'en-GB' },
      ...(viewport && { viewport })
    })
    await page.goto(`${webUrl}/dashboard/jobs/${row?.id}`)
    await page.getByRole('link', { name: 'in the dead-letter queue' }).click()
    await page.getByRole('link', { name: 'Edit the payload' }).click()
    await picture(page, 'payload-en')
    const payload = page.locator('[name=payload]')
    const text = await payload.inputValue()
    const wrong = text.replace(/"quantity": \d+/, '"quantity": "many"')
    await payload.fill(wrong)
    await page.getByLabel('Email address').fill('nobody')
    await page.getByRole('button', { name: 'Only save' }).click()
    await page.getByRole('alert').getByText('lines.0.quantity').waitFor()
    assert.equal(await payload.inputValue(), wrong)
    await picture(page, 'payload-wrong-en')
    assert.ok(await hasNoSidewaysScroll(page))
    if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
    await page.getByRole('button', { name: '日本語' }).click()
    await page.getByRole('button', { name: '保存だけする' }).waitFor()
    assert.equal(await payload.inputValue(), wrong)
    await page.getByRole('button', { name: 'English' }).click()
    await payload.fill(text.replace(/"quantity": \d+/, '"quantity": 77'))
    await page.getByLabel('Email address').fill('taro@example.jp')
    await page.getByRole('button', { name: 'Save and retry' }).click()
    await page.getByText(`Job ${row?.id}: it runs again.`).waitFor()
    const [after] = await engine.database<jobs.Job>('jobs')
    assert.match(String(after?.payload), /"quantity":77/)
    assert.deepEqual([after?.state, after?.email], ['waiting', 'taro@example.jp'])
  })
