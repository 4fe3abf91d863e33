import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Browser, chromium, type Page } from 'playwright-core'
import { readLocalConfig } from '../src/config.ts'
import { kinds } from '../src/jobs/index.ts'
import { startLine } from '../src/local/line.ts'
import { makeBusy } from '../test/busy.ts'
import { dashboardPages } from '../test/dashboard-pages.ts'
import { order, post, settled } from '../test/line.ts'
import { programPath } from '../test/needs.ts'
import { quantile } from './line/quantile.ts'
import { median } from './median.ts'

/** `npm run bench -- pages`: what each page weighs, and when a browser that has nothing of it yet shows it. */
const rounds = Number(process.env['ROUNDS'] ?? 15)
const most = { kilobytes: 50, milliseconds: 200 }
const password = Buffer.from('x:local').toString('base64')

type Look = { paint: number; kilobytes: number }

/**
 * In a browser that runs, as `bareUrl` of the same site was shown in it, and has nothing of the page yet; from the
 * request to the first thing on the screen.
 */
async function look(browser: Browser, bareUrl: string, url: string): Promise<Look> {
  const viewport = { width: 390, height: 844 }
  const context = await browser.newContext({ locale: 'ja-JP', viewport })
  try {
    await context.setExtraHTTPHeaders({ authorization: `Basic ${password}` })
    const page = await context.newPage()
    await page.goto(bareUrl)
    const bytes = await weigh(page)
    await page.goto(url)
    const paint = Number(await page.evaluate(firstPaint))
    return { paint, kilobytes: bytes() / 1024 }
  } finally {
    await context.close()
  }
}

/** Counts what comes over the line from now on, but for pictures. */
async function weigh(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const pictures = new Set<string>()
  let bytes = 0
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Image') pictures.add(requestId)
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!pictures.has(requestId)) bytes += encodedDataLength
  })
  return () => bytes
}

const firstPaint = `new Promise(resolve => new PerformanceObserver(list => {
  const [entry] = list.getEntriesByName('first-contentful-paint')
  if (entry) resolve(entry.startTime)
}).observe({ type: 'paint', buffered: true }))`

const folder = mkdtempSync(join(tmpdir(), 'beanline-'))
const anyPorts = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }
const config = readLocalConfig({ ...anyPorts, DATA_DIR: folder })
const { line, webUrl, close } = await startLine(config, pino({ level: 'silent' }))
const browser = await chromium.launch({
  executablePath: programPath('chromium') as string,
  args: ['--no-sandbox', '--disable-gpu']
})
const bare = createServer((_request, answer) => answer.end('<!doctype html><title>x</title><p>豆'))
await once(bare.listen(0, '127.0.0.1'), 'listening')
const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`
const { body } = await post(webUrl, order())
await settled(webUrl, body.token)
const pages = {
  'a page of one letter': bareUrl,
  home: '/',
  ...Object.fromEntries(kinds.map(({ name }) => [`form ${name}`, `/new/${name}`])),
  'job, finished': `/jobs/${body.token}`,
  'dashboard login': '/dashboard/login',
  ...dashboardPages(await makeBusy(line))
}

console.log(
  `Each page ${rounds} times in Chromium that has nothing of it: below ${most.kilobytes} KB before pictures, and shown within ${most.milliseconds} ms (p50)?\n`
)
console.log(`${'  page'.padEnd(24)}      KB   p50 ms   p95 ms`)
let late = 0
for (const [name, path] of Object.entries(pages)) {
  const url = new URL(path, webUrl).href
  await look(browser, bareUrl, url)
  const looks: Look[] = []
  for (let round = 0; round < rounds; round += 1) looks.push(await look(browser, bareUrl, url))
  const kilobytes = Math.max(...looks.map(({ kilobytes: each }) => each))
  const paints = looks.map(({ paint }) => paint)
  const middle = median(paints)
  const isOver = kilobytes >= most.kilobytes || middle >= most.milliseconds
  late += Number(isOver)
  const numbers = [kilobytes, middle, quantile(paints, 0.95)]
  const row = numbers.map(number => number.toFixed(1).padStart(8)).join(' ')
  console.log(`${isOver ? '!' : ' '} ${name.padEnd(22)} ${row}`)
}
await browser.close()
bare.close()
await close()
rmSync(folder, { recursive: true, force: true })
console.log(late === 0 ? '\nAll are.' : `\n${late} are not.`)
process.exitCode = late === 0 ? 0 : 1
