import type { TestContext } from 'node:test'
import type { Config } from '../src/config.ts'
import { kinds } from '../src/jobs/index.ts'
import { readSchedule } from '../src/schedule.ts'
import { buildWeb } from '../src/web/app.ts'
import { openEngine } from './engine.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const person = { accept: 'text/html', 'accept-language': 'en' }

/** A web tier with a dashboard, asked as a browser would. */
export async function openDashboard(t: TestContext, changes: Partial<Config> = {}) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const config: Config = {
    ...engine.config,
    ...{ OPERATOR_PASSWORD: 'act', VIEWER_PASSWORD: 'look', ...changes }
  }
  const line = { ...engine, kinds, config, schedule: readSchedule() }
  const app = await buildWeb(line)
  t.after(() => app.close())
  const get = (path: string, cookie = '') =>
    app.inject({ url: `/dashboard${path}`, headers: { ...person, cookie } })
  const post = (path: string, cookie = '', fields: Record<string, string> = {}) =>
    app.inject({
      ...{ method: 'POST', url: `/dashboard${path}` },
      headers: { ...person, ...form, cookie },
      payload: new URLSearchParams(fields).toString()
    })
  const logIn = (password: string, more: Record<string, string> = {}) =>
    post('/login', '', { name: '花子', password, ...more })
  /** The cookie that a browser sends from then on. */
  const session = async (password: string) =>
    String((await logIn(password)).headers['set-cookie']).split(';')[0]
  return { engine, line, config, app, get, post, logIn, session }
}
