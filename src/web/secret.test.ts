import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually, openEngine } from '../../test/engine.ts'
import { openLine, order, post } from '../../test/line.ts'
import { basicCredentials, bearerSecret, isSameSecret } from '../auth.ts'
import { kinds } from '../jobs/index.ts'
import { buildWeb } from './app.ts'

test('secrets are the same only when they are, whatever their lengths', () => {
  assert.ok(isSameSecret('', '') && isSameSecret('a', 'a') && isSameSecret('豆', '豆'))
  for (const [one, other] of [
    ['a', 'b'],
    ['a', 'aa'],
    ['', 'a'],
    ['é', 'e\u0301']
  ] as const)
    assert.ok(!isSameSecret(one, other))
})

test('secrets are compared through digests, in constant time, and nowhere else', () => {
  const source = readFileSync(join(import.meta.dirname, '../auth.ts'), 'utf8')
  assert.match(source, /return timingSafeEqual\(digest\(given\), digest\(expected\)\)/)
  for (const file of [
    ...['api/door.ts', 'api/key.ts', '../queue/api-key.ts', '../metrics/routes.ts'],
    ...['door', 'passwords', 'session', 'login'].map(name => `dashboard/${name}.ts`)
  ])
    assert.doesNotMatch(
      readFileSync(join(import.meta.dirname, file), 'utf8'),
      /(?:[!=]==|\.includes\() *(?:OPERATOR_PASSWORD|VIEWER_PASSWORD|METRICS_TOKEN|token|password|seal|keys?\b)/
    )
})

test('a header without a secret has none', () => {
  for (const header of [
    undefined,
    '',
    'Bearer',
    'Bearer  ',
    'Basic a2V5',
    'Bearer key more',
    'xBearer key'
  ])
    assert.equal(bearerSecret(header), undefined, header)
  assert.equal(bearerSecret('bearer  key '), 'key')
  assert.deepEqual(basicCredentials(`Basic ${Buffer.from('a:b:c').toString('base64')}`), {
    name: 'a',
    password: 'b:c'
  })
  for (const header of [undefined, 'Basic', `Bearer ${Buffer.from('a:b').toString('base64')}`])
    assert.equal(basicCredentials(header), undefined, header)
})

test('what opens a job or a file has 128 bits that nobody can guess', async t => {
  const { webUrl } = await openLine(t)
  const tokens = new Set<string>()
  for (let count = 0; count < 20; count += 1) {
    const { body } = await post(webUrl, order({ number: `n-${count}` }))
    assert.match(body.token, /^[0-9a-f]{32}$/)
    tokens.add(body.token)
  }
  assert.equal(tokens.size, 20)
  const bits = [...tokens].map(token => BigInt(`0x${token}`).toString(2).padStart(128, '0'))
  for (let at = 0; at < 128; at += 1)
    assert.equal(new Set(bits.map(each => each[at])).size, 2, `bit ${at} is always the same`)
})

test('the secrets that are made at the first deploy have 128 bits', () => {
  const file = readFileSync(join(import.meta.dirname, '../../infra/shared.yaml'), 'utf8')
  const lengths = [...file.matchAll(/PasswordLength: (\d+)/g)].map(([, length]) => Number(length))
  assert.equal(lengths.length, 4)
  for (const length of lengths) assert.ok(length * Math.log2(62) >= 128, `${length} characters`)
})

/** The web tier with two programs that have a key each. */
async function openPrograms(t: TestContext) {
  const engine = await openEngine(t, 'sqlite::memory:', async () => ({}))
  const config = { ...engine.config, API_KEYS: ' one, two ,,' }
  const app = await buildWeb({ ...engine, kinds, config })
  t.after(() => app.close())
  return await app.listen({ host: '127.0.0.1', port: 0 })
}

test('two programs with the same idempotency key have a job each', async t => {
  const webUrl = await openPrograms(t)
  const send = (key: string, changes = {}) =>
    post(webUrl, order(changes), { authorization: `Bearer ${key}`, 'idempotency-key': 'order-1' })
  const [one, two, again] = [
    await send('one'),
    await send('two', { number: 'x' }),
    await send('one')
  ]
  assert.deepEqual([one.status, two.status, again.status], [202, 202, 202])
  assert.notEqual(one.body.token, two.body.token)
  assert.equal(one.body.token, again.body.token)
  assert.equal((await send('')).status, 401)
  assert.equal((await send(',')).status, 401)
})

test('a form and a program never meet at one idempotency key', async t => {
  const { webUrl, line } = await openLine(t)
  await post(webUrl, order(), { 'idempotency-key': 'x' })
  await post(webUrl, order(), { 'idempotency-key': 'x y' })
  await post(webUrl, order())
  const keys = await line.database('jobs').orderBy('id').pluck('idempotency_key')
  assert.equal(new Set(keys).size, 3)
  assert.equal(keys[2], null)
  for (const key of keys.slice(0, 2)) assert.match(key, /^[0-9a-f]{64}$/)
  await eventually(async () => (await line.queue.depth()) === 0)
})
