import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMariadb } from '../../test/mariadb.ts'
import { median } from '../median.ts'
import { judge, print, say } from '../progress.ts'
import { start } from '../stage.ts'
import { type Load, loadWith, type Wishes } from './load.ts'
import { quantile } from './quantile.ts'

const rounds = 3
const connections = [1, 16, 64]
const seconds = 3

/** The API that records and sends a job, against a bare Fastify route that does one INSERT. */
export async function enqueueing() {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const mariadb = await startMariadb()
  try {
    await compare('SQLite', `sqlite:${join(folder, 'jobs.sqlite')}`)
    await compare('MariaDB', mariadb.url)
  } finally {
    await mariadb.stop()
    remove()
    process.off('exit', remove)
  }
}

type Routes = { api: string; bare: string }
type Route = keyof Routes

async function compare(name: string, databaseUrl: string) {
  const standIns = await start<{ endpoint: string; queueUrl: string }>(
    'bench/processes/stand-ins.ts'
  )
  const { endpoint, queueUrl } = standIns.ready
  const web = await start<{ url: string; bareUrl: string; key: string }>('bench/line/web.ts', {
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    AWS_ENDPOINT_URL_SQS: endpoint,
    QUEUE_URL: queueUrl,
    STORAGE_URL: 's3://beanline-files/bench',
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://beanline.example',
    DATABASE_URL: databaseUrl
  })
  print(`\nJobs a second through the API, ${name}, median of ${rounds} rounds of ${seconds} s`)
  try {
    const { url, bareUrl, key } = web.ready
    const routes = { api: `${url}/api/jobs/noop`, bare: `${bareUrl}/bare` }
    const wishes = { seconds, key, ended: `${bareUrl}/ended` }
    await warmUp(routes, wishes, name)
    for (const count of connections)
      await compareWith(routes, { ...wishes, connections: count }, name)
  } finally {
    web.child.kill('SIGKILL')
    standIns.child.kill('SIGKILL')
  }
}

/** Node compiles what it runs often, which would count against whatever comes first. */
async function warmUp(routes: Routes, wishes: Omit<Wishes, 'connections'>, name: string) {
  for (const [route, address] of Object.entries(routes)) {
    say(`enqueue, ${name}`, `warm up: ${route}`)
    await loadWith(address, { ...wishes, connections: 16, seconds: 4 })
  }
}

async function compareWith(routes: Routes, wishes: Wishes, name: string) {
  const count = wishes.connections
  const runs: Record<Route, Load[]> = { api: [], bare: [] }
  for (let round = 1; round <= rounds; round += 1)
    for (const [route, address] of Object.entries(routes) as [Route, string][]) {
      say(`enqueue, ${name}, ${count} connections`, `round ${round} of ${rounds}: ${route}`)
      runs[route].push(await loadWith(address, wishes))
    }
  const pace = (route: Route) => median(runs[route].map(({ perSecond }) => perSecond))
  for (const route of ['api', 'bare'] as const) {
    const times = runs[route].flatMap(({ milliseconds }) => milliseconds)
    const words = { api: 'Beanline, row and message', bare: 'bare route, one INSERT' }[route]
    print(
      `  ${String(count).padStart(2)} connections, ${words.padEnd(26)} ${pace(route).toFixed(0).padStart(6)}   p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`
    )
  }
  const ratio = pace('api') / pace('bare')
  judge(`0.4 × the bare route (${ratio.toFixed(2)} ×)`, ratio >= 0.4)
}
