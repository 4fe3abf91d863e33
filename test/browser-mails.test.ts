import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asked } from '../src/queue/effect.ts'
import { record } from '../src/queue/record.ts'
import { seriousFindings } from './axe.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { eventually } from './engine.ts'
import { openLine, order, post, settled } from './line.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: 'x', password: 'local' }
const desk = { width: 1280, height: 844 }

const visits = [
  { name: 'on a phone in Japanese', options: {}, words: ja() },
  { name: 'at a desk in English', options: { locale: 'en-GB', viewport: desk }, words: en() },
  { name: 'without JavaScript', options: { javaScriptEnabled: false }, words: ja() }
]

for (const { name, options, words } of visits)
  test(`the operator sees what became of mails and acts on them, ${name}`, { skip }, async t => {
    const { line, webUrl, workerUrl } = await openLine(t)
    const mailTo = async (email: string) => {
      const { body } = await post(webUrl, order({ email }))
      return await settled(webUrl, body.token)
    }
    await mailTo('hanako@example.jp')
    const bad = await mailTo('bounce@simulator.amazonses.com')
    await mailTo('complaint@simulator.amazonses.com')
    const held = await hold(line.database)
    const user = { 'user-agent': 'aws-sqsd/3.0.4' }
    // The tick of cron.yaml comes within the minute; this is the same one, sooner.
    await eventually(async () => {
      await fetch(`${workerUrl}/cron/mail-events`, { method: 'POST', headers: user })
      return (await line.database('mail_events')).length === 4
    })

    const { page, complaints } = await openPage(t, { httpCredentials, ...options })
    await page.goto(`${webUrl}/dashboard/mails/`)
    await page.getByText('bounce@simulator.amazonses.com').waitFor()
    const isDrawn = options.javaScriptEnabled !== false
    const shot = async (of: string) => {
      if (!isDrawn) return
      assert.ok(await hasNoSidewaysScroll(page), of)
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        assert.deepEqual(await seriousFindings(page), [], `${of}, ${colorScheme}`)
      }
      await picture(page, `${of}-${words.language}`)
    }
    await shot('mails')

    await page.getByRole('link', { name: words.bounced, exact: true }).click()
    await page.getByRole('button', { name: words.again, exact: true }).click()
    await page.getByText(words.sentAgain).waitFor()
    assert.equal(await page.locator('.mails tbody tr').count(), 1)
    await shot('mails-bounced')
    await page.getByRole('button', { name: words.again, exact: true }).click()
    await page.getByText(words.nothing).waitFor()

    await page.getByRole('link', { name: words.held, exact: true }).click()
    await page.getByText(`${words.sendHeld}…`).click()
    await shot('mails-held')
    await page.getByRole('button', { name: words.sendHeld, exact: true }).click()
    await page.getByText(words.retried).waitFor()
    assert.notEqual((await line.database('jobs').where({ id: held }).first()).state, 'failed')

    const other = await hold(line.database)
    await page.goto(`${webUrl}/dashboard/mails/?state=held`)
    await page.getByText(`${words.discard}…`).click()
    await page.getByRole('button', { name: words.discard, exact: true }).click()
    await page.getByText(words.discarded).waitFor()
    assert.equal((await line.database('jobs').where({ id: other }).first()).state, 'discarded')

    await page.getByLabel(words.address).fill('hanako@example.jp')
    await page.getByRole('button', { name: words.show, exact: true }).click()
    await page.getByRole('link', { name: words.all, exact: true }).click()
    await page.getByText('hanako@example.jp').waitFor()
    assert.equal(await page.locator('.mails tbody tr').count(), 1)

    await page.goto(`${webUrl}/dashboard/jobs/${bad.id}`)
    await page.getByText(words.returned).first().waitFor()
    await shot('job-bounced')
    await page.goto(`${webUrl}/jobs/${bad.token}`)
    await page.getByText(words.cameBack).waitFor()
    await shot('status-bounced')
    await page.goto(`${webUrl}/dashboard/`)
    await page.getByText(words.trouble).waitFor()
    assert.deepEqual(complaints, [])
  })

/** A job that has failed since nobody knows whether its mail went out. */
async function hold(database: Parameters<typeof record>[0]) {
  const { job } = await record(database, {
    ...{ kind: 'invoice', payload: JSON.stringify(order()), payload_hash: 'x' },
    ...{ idempotency_key: null, email: 'taro@example.jp', language: 'ja' }
  })
  const entry = { job_id: job.id, step: 'mail', fencing_token: asked, ambiguous: 1 }
  await database('effects').insert({ ...entry, began_at: Date.now(), receipt: '{}' })
  const failed = { state: 'failed', fencing_token: 2, finished_at: Date.now(), error: 'Nobody' }
  await database('jobs').where({ id: job.id }).update(failed)
  return job.id
}

function ja() {
  return {
    ...{ language: 'ja', bounced: '不達', held: '保留', all: 'すべて', show: '絞り込む' },
    ...{ again: '再送する', sentAgain: 'リンクのメールを再送します', nothing: '何もしていません' },
    ...{ sendHeld: 'もう一度送る', retried: 'メールはもう一度送られます' },
    ...{ discard: 'ジョブを破棄', discarded: '破棄しました', address: '注文のメールアドレス' },
    ...{ returned: 'メールは届きませんでした', cameBack: 'へのメールは届きませんでした' },
    trouble: '宛先に届かず戻ったメール'
  }
}

function en() {
  return {
    ...{ language: 'en', bounced: 'Bounced', held: 'Held', all: 'All', show: 'Show' },
    ...{ again: 'Send again', sentAgain: 'is sent again to the same', nothing: 'nothing was done' },
    ...{ sendHeld: 'Send again', retried: 'it runs again, and sends its mail' },
    ...{ discard: 'Discard the job', discarded: ': discarded', address: 'Address of the order' },
    ...{ returned: 'The mail did not arrive', cameBack: 'came back. Download it here' },
    trouble: 'bounced in the last 24 hours'
  }
}
