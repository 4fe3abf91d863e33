import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { mariadbOfTests } from '../../test/databases.ts'
import { eventually, openEngine, recordJob } from '../../test/engine.ts'
import { needs } from '../../test/needs.ts'
import { readDatabaseConfig } from '../config.ts'
import { openDatabase, type Patience } from '../database.ts'
import { openServices } from '../services.ts'
import { waited } from '../waited.ts'
import { buildWeb } from './app.ts'
import { patienceOfPeople } from './overload.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

/** The web tier on a MariaDB that can be made to let every statement on jobs wait. */
async function open(t: TestContext, patience: Patience = {}) {
  const other = openDatabase(readDatabaseConfig({ DATABASE_URL: mariadbUrl() }))
  const gate = await other.client.acquireConnection()
  const sql = (text: string) => other.raw(text).connection(gate)
  t.after(async () => {
    await sql('UNLOCK TABLES')
    await other.client.releaseConnection(gate)
    await other.destroy()
  })
  const engine = await openEngine(t, mariadbUrl(), async () => ({}), 'file:unused')
  const config = { ...engine.config, API_KEYS: 'key', OPERATOR_PASSWORD: 'word' }
  const services = openServices(config, engine.log, patience)
  t.after(() => services.close())
  const app = await buildWeb({ ...services, kinds: engine.kinds })
  t.after(() => app.close())
  const { token } = await recordJob(engine)

  const ask = async (url: string, headers: Record<string, string> = {}, payload?: string) =>
    await app.inject({
      ...(payload ? { method: 'POST', payload } : { method: 'GET' }),
      ...{ url, headers: { 'accept-language': 'en', ...headers } }
    })
  const lookFrom = (address: string) => ask(`/jobs/${token}`, { 'x-forwarded-for': address })
  const look = () => lookFrom('203.0.113.7')
  return {
    ...{ engine, ask, look, lookFrom, token },
    close: () => sql('LOCK TABLES jobs WRITE, ticks WRITE'),
    open: () => sql('UNLOCK TABLES'),
    /** So many that all connections are taken, and half of them wait for one. */
    crowd: () => Array.from({ length: 20 }, look),
    isRefusing: () => eventually(() => waited(services.database) > 2)
  }
}

const basic = `Basic ${Buffer.from('x:word').toString('base64')}`
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { authorization: 'Bearer key', 'content-type': 'application/json' }
const filled = 'word=hello&email=hanako%40example.jp&language=ja&submission=one'

test('what would wait too long for the database is refused at once, in words', {
  skip
}, async t => {
  const web = await open(t)
  await web.close()
  const crowd = web.crowd()
  await web.isRefusing()

  const beganAt = performance.now()
  const page = await web.ask(`/jobs/${web.token}`, { 'accept-language': 'ja' })
  assert.equal(page.headers['retry-after'], '5')
  assert.match(page.body, /<h1>ただいま混み合っています/)
  for (const url of [`/jobs/${web.token}`, `/jobs/${web.token}/events`, `/jobs/${web.token}/file`])
    assert.match((await web.ask(url)).body, /<h1>Too much to do at once/)
  assert.equal((await web.ask('/dashboard/', { authorization: basic })).statusCode, 503)
  for (const answer of [
    await web.ask(`/api/jobs/${web.token}`, json),
    await web.ask('/api/jobs/scripted', json, '{"word":"hello","email":"hanako@example.jp"}')
  ]) {
    assert.equal(answer.statusCode, 503)
    assert.equal(answer.headers['retry-after'], '5')
    assert.match(answer.json().error.message, /too much to do at once; send it again later/)
  }
  for (const url of ['/healthz', '/', '/new/scripted'])
    assert.equal((await web.ask(url)).statusCode, 200, url)
  assert.ok(performance.now() - beganAt < 1500, 'nothing of it has waited')

  await web.open()
  const answers = (await Promise.all(crowd)).map(({ statusCode }) => statusCode)
  assert.ok(answers.every(status => status === 200 || status === 503))
  assert.equal((await web.look()).statusCode, 200)
})

test('who waits in line is answered after some seconds, and served once the database is', {
  skip
}, async t => {
  const web = await open(t, patienceOfPeople)
  await web.close()
  const beganAt = performance.now()
  const first = Promise.race(web.crowd())
  assert.equal((await first).statusCode, 503)
  const seconds = (performance.now() - beganAt) / 1000
  assert.ok(seconds > 3.5 && seconds < 9, `${seconds} s`)
  await web.open()
  await eventually(async () => (await web.look()).statusCode === 200)
})

test('a form that can’t be accepted comes back filled in, and is accepted later', {
  skip
}, async t => {
  const web = await open(t)
  await web.close()
  const crowd = web.crowd()
  await web.isRefusing()
  const refused = await web.ask('/new/scripted', form, filled)
  assert.equal(refused.statusCode, 503)
  assert.equal(refused.headers['retry-after'], '5')
  assert.match(refused.body, /role="alert"[^>]*>There is too much to do at once/)
  assert.match(refused.body, /name="submission" value="one"/)
  assert.match(refused.body, /value="hanako@example.jp"/)
  await web.open()
  await Promise.all(crowd)
  assert.equal((await web.ask('/new/scripted', form, filled)).statusCode, 303)
  assert.equal((await web.engine.database('jobs')).length, 2)
})

test('a database that takes no more connections is too busy, not broken', { skip }, async t => {
  const web = await open(t)
  const root = openDatabase(
    readDatabaseConfig({ DATABASE_URL: mariadbUrl().replace('beanline:beanline@', 'root@') })
  )
  const allow = (count: number) =>
    root.raw(`ALTER USER beanline@'127.0.0.1' WITH MAX_USER_CONNECTIONS ${count}`)
  t.after(async () => {
    await allow(0)
    await root.destroy()
  })
  await allow(1)
  const answers = (await Promise.all(web.crowd())).map(({ statusCode }) => statusCode)
  assert.deepEqual(new Set(answers), new Set([200, 503]))
  await allow(0)
  assert.equal((await web.look()).statusCode, 200)
})

test('requests that all get a connection in time are served', { skip }, async t => {
  const web = await open(t)
  const crowdOf400 = Array.from({ length: 400 }, (_, index) => `203.0.113.${index % 250}`)
  const answers = await Promise.all(crowdOf400.map(web.lookFrom))
  assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
})
