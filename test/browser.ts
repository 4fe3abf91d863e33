import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { programPath } from './needs.ts'

const phone = { width: 390, height: 844 }
const sizes = [
  ['phone', phone],
  ['desk', { width: 1280, height: 844 }]
] as const

/** How long a page is waited for: where others use the machine, too, it takes its time. */
const patienceMilliseconds = 60_000

/**
 * A page of Chromium on a phone, in Japanese, and what went wrong in it. Credentials are sent unasked: the dashboard
 * has a login page for people, and takes them from programs that send them.
 */
export async function openPage(t: TestContext, options: BrowserContextOptions = {}) {
  const browser = await chromium.launch({
    executablePath: programPath('chromium') as string,
    timeout: patienceMilliseconds,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']
  })
  t.after(() => browser.close())
  const { httpCredentials, ...others } = options
  const context = await browser.newContext({ locale: 'ja-JP', viewport: phone, ...others })
  const [known] = [httpCredentials ?? []].flat()
  if (known) await context.setExtraHTTPHeaders({ authorization: basic(known) })
  context.setDefaultTimeout(patienceMilliseconds)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  return { page, complaints }
}

function basic({ username, password }: { username: string; password: string }) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** Keeps pictures of the page when SCREENSHOTS names a folder to look into. */
export async function picture(page: Page, name: string) {
  const folder = process.env['SCREENSHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize() ?? phone
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [size, viewport] of sizes) {
      await page.setViewportSize(viewport)
      const path = join(folder, `${name}-${size}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(before)
}

export async function fillIn(page: Page) {
  const fields = {
    number: '2026-001',
    issuedOn: '2026-11-23',
    transactionOn: '2026-11-20',
    'recipient.name': '髙﨑商店',
    'issuer.name': '株式会社まめや珈琲',
    'issuer.registrationNumber': 'T9234567890123',
    'issuer.address': '東京都渋谷区神宮前一丁目2番3号',
    email: 'hanako@example.jp'
  }
  for (const [name, value] of Object.entries(fields)) await fieldOf(page, name).fill(value)
  await fillLine(page, 0, 'エチオピア 生豆 20kg')
}

export async function fillLine(page: Page, index: number, description: string) {
  await fieldOf(page, `lines.${index}.description`).fill(description)
  await fieldOf(page, `lines.${index}.quantity`).fill('2')
  await fieldOf(page, `lines.${index}.unitPrice`).fill('28,400')
}

export const fieldOf = (page: Page, name: string) => page.locator(`[name="${name}"]`)

export const hasNoSidewaysScroll = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
