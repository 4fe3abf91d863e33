import type { TestContext } from 'node:test'
import { kinds } from '../src/jobs/index.ts'
import * as keys from '../src/queue/api-key.ts'
import { buildWeb } from '../src/web/app.ts'
import { openEngine } from './engine.ts'

type Call = { key?: string; method?: 'DELETE'; body?: unknown; headers?: Record<string, string> }

/** The web tier with real SQL and all kinds; `env` is a key of the environment, others are made. */
export async function openApi(t: TestContext, url = 'sqlite::memory:') {
  const engine = await openEngine(t, url, async () => ({}))
  await engine.database('api_keys').delete()
  const line = { ...engine, kinds, config: { ...engine.config, API_KEYS: 'env' } }
  const app = await buildWeb(line)
  t.after(() => app.close())
  const { database } = line
  async function make(scopes: string, changes: Partial<keys.ApiKey> = {}) {
    const terms = { name: 'ERP', scopes, per_minute: 6000, expires_at: null, ...changes }
    return (await keys.add(database, terms)).secret
  }
  async function call(path: string, { key = 'env', method, body, headers = {} }: Call = {}) {
    const answer = await app.inject({
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      url: `/api${path}`,
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) })
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
  }
  return { line, database, app, make, call }
}
