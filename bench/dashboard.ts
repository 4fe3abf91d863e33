import { readDatabaseConfig } from '../src/config.ts'
import { openDatabase } from '../src/database.ts'
import { jobsPage } from '../src/web/dashboard/jobs-page.ts'
import { readAsked } from '../src/web/dashboard/jobs-query.ts'
import { viewJobs } from '../src/web/dashboard/jobs-view.ts'
import { openEngine } from '../test/engine.ts'
import { startMariadb } from '../test/mariadb.ts'
import { fill } from '../test/plans.ts'
import { timePages } from './dashboard/pages.ts'
import { quantile } from './line/quantile.ts'

/** `npm run bench -- dashboard`: how long the pages take with a million jobs on MariaDB, that of jobs by what it is asked. */
const count = Number(process.env['JOBS'] ?? 1_000_000)
const rounds = Number(process.env['ROUNDS'] ?? 40)
const mostMilliseconds = 100
/** As much as the smallest instance of RDS has, about. */
const bufferPool = 512 * 1024 * 1024

const middle = Math.round(count / 2)
const kinds = ['invoice', 'report', 'mail-merge']
const daysAgo = (days: number) =>
  new Date(Date.now() + 9 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 16)
const month = { from: daysAgo(60), to: daysAgo(30) }

const lists: Record<string, Record<string, string>> = {
  'all jobs': {},
  failed: { state: 'failed' },
  'discarded (none)': { state: 'discarded' },
  'a kind': { kind: 'mail-merge' },
  'a kind and a state': { kind: 'report', state: 'retrying' },
  'a kind and a state (none)': { kind: 'report', state: 'discarded' },
  'a month': month,
  'a month, a kind and a state': { ...month, kind: 'report', state: 'failed' },
  'far back': { kind: 'invoice', before: String(middle) },
  'the page before': { state: 'finished', after: String(middle) },
  'an id': { q: String(middle) },
  'a token': { q: middle.toString(16).padStart(32, '0') },
  'an invoice number': { q: `2026-${middle}` },
  'a customer': { q: '株式会社777' },
  'a mail address': { q: 'person777@example.jp' },
  'an address and a state': { q: 'person777@example.jp', state: 'failed' },
  'the address of all jobs, and a state': { q: 'shop@example.jp', state: 'discarded' },
  'an error text': { q: 'is not verified' },
  'an error text among the failed': { q: 'address 2 is', state: 'failed' },
  'a payload field': { q: '"taxRate":8' },
  'a word that is nowhere': { q: '𠮷野家' },
  'a word that is nowhere, in a month': { ...month, q: '𠮷野家', kind: 'report' },
  'words far back': { q: 'nowhere', by: 'words', before: String(middle) }
}

const mariadb = await startMariadb()
const ends: (() => unknown)[] = [() => mariadb.stop()]
const engine = await openEngine(
  { after: end => ends.unshift(end as () => unknown) },
  mariadb.url,
  async () => ({})
)
const root = await mariadb.openRoot()
await root.query(`SET GLOBAL innodb_buffer_pool_size = ${bufferPool}`)
await root.end()
const patient = openDatabase(readDatabaseConfig({ DATABASE_URL: mariadb.url }), {
  silenceSeconds: 0
})
await fill(patient, count)
await patient.destroy()
const { database } = engine

const actor = { role: 'operator', name: '花子' } as const

async function measure(query: Record<string, string>) {
  const beganAt = performance.now()
  const view = await viewJobs(database, readAsked(query))
  const page = jobsPage(view, { kinds, done: '', actor }, 'ja')
  const milliseconds = performance.now() - beganAt
  return { milliseconds, kilobytes: Buffer.byteLength(page) / 1024, view }
}

console.log(
  `The page of jobs with ${count.toLocaleString('en')} of them on MariaDB, ${rounds} times each; below ${mostMilliseconds} ms (p95)?\n`
)
console.log(`${'  asked for'.padEnd(40)}   p50 ms   p95 ms   jobs  looked at    KB`)
let late = 0
for (const [name, query] of Object.entries(lists)) {
  const all = []
  for (let round = 0; round < rounds; round += 1) all.push(await measure(query))
  const times = all.map(({ milliseconds }) => milliseconds)
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
  const { view, kilobytes } = all.at(-1) as (typeof all)[0]
  const isLate = p95 >= mostMilliseconds
  late += Number(isLate)
  const numbers = [p50.toFixed(1).padStart(8), p95.toFixed(1).padStart(8)]
  const rest = [
    String(view.jobs.length).padStart(6),
    String(view.searched).padStart(10),
    kilobytes.toFixed(0).padStart(5)
  ]
  console.log(`${isLate ? '!' : ' '} ${name.padEnd(38)} ${[...numbers, ...rest].join(' ')}`)
}
console.log(
  `\nThe other pages, by HTTP (the overview remembers for some seconds)\n\n${'  page'.padEnd(40)}   p50 ms   p95 ms    KB`
)
for (const { name, milliseconds, kilobytes } of await timePages(engine, rounds)) {
  const times = [quantile(milliseconds, 0.5), quantile(milliseconds, 0.95)]
  const numbers = times.map(time => time.toFixed(1).padStart(8)).join(' ')
  console.log(`  ${name.padEnd(38)} ${numbers} ${kilobytes.toFixed(0).padStart(5)}`)
}
for (const end of ends) await end()
console.log(late === 0 ? '\nAll lists of jobs are.' : `\n${late} lists of jobs are not.`)
process.exitCode = late === 0 ? 0 : 1
