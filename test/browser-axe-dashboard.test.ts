import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seriousFindings } from './axe.ts'
import { hasNoSidewaysScroll, openPage, picture } from './browser.ts'
import { makeBusy } from './busy.ts'
import { openDashboard } from './dashboard.ts'
import { dashboardPages } from './dashboard-pages.ts'
import { needs } from './needs.ts'

const skip = needs('chromium')
const httpCredentials = { username: 'x', password: 'act' }

test('the dashboard has no serious finding of axe, in both languages and themes', {
  skip
}, async t => {
  const { app, line } = await openDashboard(t)
  const pages = dashboardPages(await makeBusy(line))
  const webUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const { page, complaints } = await openPage(t, { httpCredentials })
  for (const [name, path] of Object.entries(pages))
    for (const [language, colorScheme] of [
      ['ja', 'light'],
      ['en', 'dark']
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${webUrl}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      assert.deepEqual(await seriousFindings(page), [], `${name}, ${language}`)
      assert.ok(await hasNoSidewaysScroll(page), `${name}, ${language}`)
      await picture(page, `dashboard-${name}-${language}`)
    }
  assert.deepEqual(complaints, [])
})

test('the page to log in has none either', { skip }, async t => {
  const { app } = await openDashboard(t)
  const webUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const { page } = await openPage(t)
  for (const language of ['ja', 'en']) {
    await page.goto(`${webUrl}/dashboard/login?lang=${language}`)
    assert.deepEqual(await seriousFindings(page), [], language)
    await picture(page, `dashboard-login-${language}`)
  }
})
