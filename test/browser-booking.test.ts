import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBooking, typed } from './booking.ts'
import { fieldOf, hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const send = (page: Page) => page.getByRole('button', { name: 'この内容で作成する' }).click()

/** Types what a person types who leaves nothing out, with as many rows as it takes. */
async function fillIn(page: Page) {
  await page.getByRole('button', { name: '行を追加' }).first().click()
  for (const [name, value] of Object.entries(typed)) {
    if (name.startsWith('extras.1.')) continue
    const field = fieldOf(page, name)
    const tag = await field.evaluate((element: { tagName: string }) => element.tagName)
    if (value === 'yes') await field.check()
    else if (tag === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
}

async function payloadAt(page: Page, { line }: Awaited<ReturnType<typeof openBooking>>) {
  await page.waitForURL(/\/jobs\/[0-9a-f]{32}$/)
  const token = page.url().split('/').at(-1)
  const row = await line.database('jobs').where({ token }).first('payload')
  return JSON.parse(row.payload)
}

for (const javaScriptEnabled of [true, false])
  test(`a form drawn from a schema orders a job ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, {
    skip
  }, async t => {
    const web = await openBooking(t)
    const { page, complaints } = await openPage(t, { javaScriptEnabled })
    await page.goto(`${web.webUrl}/new/booking`)
    await fillIn(page)
    await fieldOf(page, 'plan').setInputFiles({
      name: '予定.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('7:00 朝食')
    })
    await send(page)
    const { plan, ...payload } = await payloadAt(page, web)
    assert.equal(plan.name, '予定.txt')
    assert.deepEqual([payload.nights, payload.isQuiet], [1.5, true])
    assert.deepEqual(payload.guests, [
      { name: '髙﨑花子', age: 41, meal: 'fish', isChild: false },
      { name: '髙﨑豆太', age: 6, meal: 'meat', isChild: true }
    ])
    assert.deepEqual(payload.extras, [{ what: '花束', count: 1 }])
    assert.deepEqual(complaints, [])
  })

test('what was typed and ticked is still there beside the errors, and after a reload', {
  skip
}, async t => {
  const { webUrl } = await openBooking(t)
  const { page } = await openPage(t)
  const isKept = async () => {
    assert.equal(await fieldOf(page, 'contact.address.city').inputValue(), '渋谷区')
    assert.equal(await fieldOf(page, 'isQuiet').isChecked(), true)
    assert.equal(await fieldOf(page, 'guests.0.isChild').isChecked(), false)
    assert.equal(await fieldOf(page, 'guests.1.isChild').isChecked(), true)
    assert.equal(await fieldOf(page, 'guests.1.meal').inputValue(), 'meat')
  }
  await page.goto(`${webUrl}/new/booking`)
  await fillIn(page)
  await page.reload()
  await isKept()
  await fieldOf(page, 'guests.0.age').fill('121')
  await send(page)
  await page.getByRole('link', { name: '1行目 年齢：120以下の数を入力してください。' }).waitFor()
  await isKept()
  await picture(page, 'booking-errors-ja')
  assert.equal(await hasNoSidewaysScroll(page), true)
})

test('a list of three guests is full after two more, and the other list is not', {
  skip
}, async t => {
  const { webUrl } = await openBooking(t)
  const { page } = await openPage(t)
  await page.goto(`${webUrl}/new/booking?lang=en`)
  const add = page.getByRole('button', { name: 'Add a line' })
  for (const _ of [1, 2]) await add.first().click()
  await page.getByText('There is room for 3 lines.').waitFor()
  assert.equal(await add.count(), 1)
  await add.click()
  await fieldOf(page, 'extras.1.what').waitFor()
  await picture(page, 'booking-en')
})
