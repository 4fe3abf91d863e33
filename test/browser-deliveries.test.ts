import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { seriousFindings } from './axe.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { eventually } from './engine.ts'
import { openLine, order, post } from './line.ts'
import { needs } from './needs.ts'
import { openReceiver } from './receiver.ts'

const skip = needs('chromium')
const httpCredentials = { username: '花子', password: 'local' }

const words = {
  ja: {
    ...{ open: '宛先を追加…', add: '追加する', back: '一覧へ戻る', test: '試験送信' },
    ...{ pause: '停止', resume: '再開', rotate: '署名鍵の更新', remove: '削除' },
    ...{ replay: 'もう一度送る', sent: 'もう一度送ります。', none: 'まだありません。' }
  },
  en: {
    ...{
      open: 'Add an endpoint…',
      add: 'Add',
      back: 'Back to the deliveries',
      test: 'Send a test'
    },
    ...{ pause: 'Pause', resume: 'Resume', rotate: 'Change the secret', remove: 'Remove' },
    ...{ replay: 'Replay', sent: 'it is sent again.', none: 'There are none yet.' }
  }
}

const screens = [
  { name: 'phone', locale: 'ja-JP', javaScriptEnabled: false },
  { name: 'desk', locale: 'en-US', viewport: { width: 1280, height: 844 } }
]

for (const { name, ...screen } of screens)
  test(`the operator adds an endpoint, sees it told, replays, and takes it away, at the ${name}`, {
    skip
  }, async t => {
    const { webUrl } = await openLine(t)
    let status = 200
    const { url, received } = await openReceiver(t, (_request, response) =>
      response.writeHead(status).end('{"ok":true}')
    )
    const { page, complaints } = await openPage(t, { httpCredentials, ...screen })
    const say = words[screen.locale === 'ja-JP' ? 'ja' : 'en']
    const press = (label: string) => page.getByRole('button', { name: label, exact: true }).click()
    const look = async (part: string) => {
      assert.ok(await hasNoSidewaysScroll(page), part)
      if (screen.javaScriptEnabled !== false) {
        assert.deepEqual(await seriousFindings(page), [], part)
        await picture(page, `deliveries-${part}-en`)
      } else await picture(page, `deliveries-${part}-ja`)
    }
    const list = `${webUrl}/dashboard/deliveries/`

    await page.goto(list)
    await page.getByText(say.none).waitFor()
    await page.getByText(say.open).click()
    await look('empty')
    await page.getByLabel('URL').fill('https://10.0.0.1/')
    await press(say.add)
    await page.locator('.error').waitFor()
    await look('wrong')
    await page.getByLabel('URL').fill(url)
    await press(say.add)
    const secret = String(await page.locator('.webhook-secret').textContent())
    await look('secret')
    await page.getByRole('link', { name: say.back }).click()

    await press(say.test)
    await eventually(() => received.length === 1)
    const { body } = await post(webUrl, order())
    await eventually(() => received.length === 2)
    const [, told = assert.fail()] = received
    const event = new Webhook(secret).verify(told.body, told.headers)
    assert.deepEqual(
      [Reflect.get(event as object, 'type'), JSON.parse(told.body).data.token],
      ['job.finished', body.token]
    )

    status = 503
    await page.goto(list)
    await press(say.test)
    await eventually(() => received.length === 3)
    await eventually(async () => {
      await page.goto(list)
      return (await page.locator('.state-retrying').count()) === 1
    })
    await look('list')
    status = 200
    const row = page.locator('tr', { hasText: 'job.finished' })
    await row.getByRole('link').first().click()
    await page.getByText('HTTP 200').waitFor()
    await look('one')
    await press(say.replay)
    await page.getByText(say.sent).waitFor()
    await eventually(() => received.length >= 4)
    assert.equal(received.at(-1)?.headers['webhook-id'], told.headers['webhook-id'])

    await page.goto(list)
    await press(say.pause)
    await press(say.resume)
    await page.getByRole('button', { name: say.pause, exact: true }).waitFor()
    await page.getByText(`${say.rotate}…`).click()
    await press(say.rotate)
    assert.notEqual(await page.locator('.webhook-secret').textContent(), secret)
    await page.getByRole('link', { name: say.back }).click()
    await page.getByText(`${say.remove}…`).click()
    await press(say.remove)
    await page.getByText(say.none).waitFor()
    assert.deepEqual(
      complaints.filter(text => !text.includes('422')),
      []
    )
  })
