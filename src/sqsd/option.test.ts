import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Run, readCommand } from './command.ts'
import { defaults, presetSettings } from './settings.ts'

const queue = ['--worker-queue-url', 'https://sqs.eu-west-1.amazonaws.com/1/jobs']
const read = (args: string[], environment = {}) =>
  readCommand([...queue, ...args], environment) as Run

test('the defaults are the documented ones, the presets what is told of the daemon', () => {
  assert.deepEqual(defaults, {
    httpUrl: 'http://127.0.0.1:80',
    httpPath: '/',
    mimeType: 'application/json',
    httpConnections: 50,
    connectTimeoutSeconds: 5,
    inactivityTimeoutSeconds: 299,
    visibilityTimeoutSeconds: 300,
    errorVisibilityFor: 'failures',
    closedConnection: 'fail',
    pathHeader: 'all',
    nginxHeaders: false,
    retentionPeriodSeconds: 345_600,
    waitTimeSeconds: 20,
    drainSeconds: 600,
    faithfulKill: false,
    seed: 1,
    json: false
  })
  assert.deepEqual(presetSettings('observed-v3', {}), {})
  const documented = { errorVisibilityTimeoutSeconds: 2, errorVisibilityFor: 'answers' }
  assert.deepEqual(presetSettings('docs', {}), documented)
  const old = {
    httpConnections: 16,
    inactivityTimeoutSeconds: 300,
    closedConnection: 'repost',
    pathHeader: 'own'
  }
  assert.deepEqual(presetSettings('v2', {}), old)
})

test('the inactivity timeout of v2 is its visibility, within the range and without a warning', () => {
  const inactivity = (seconds: string) =>
    read(['--preset', 'v2', '--visibility-timeout', seconds]).settings.inactivityTimeoutSeconds
  assert.deepEqual(['40', '0', '43200'].map(inactivity), [40, 1, 36_000])
  assert.deepEqual(read(['--preset', 'v2']).warnings, [])
})

/** The first and the last number that each takes. */
const ranges: Record<string, [number, number]> = {
  'http-connections': [1, 100],
  'connect-timeout': [1, 60],
  'inactivity-timeout': [1, 36_000],
  'visibility-timeout': [0, 43_200],
  'error-visibility-timeout': [0, 43_200],
  'retention-period': [60, 1_209_600],
  'wait-time': [1, 20],
  'drain-time': [0, 43_200],
  'health-port': [0, 65_535],
  seed: [0, 4_294_967_295]
}
for (const [flag, [low, high]] of Object.entries(ranges))
  test(`--${flag} is from ${low} to ${high}`, () => {
    for (const right of [low, high]) read([`--${flag}`, String(right)])
    for (const wrong of [low - 1, high + 1, `${low}.5`, ''])
      assert.throws(
        () => read([`--${flag}=${wrong}`]),
        new RegExp(`a whole number from ${low} to ${high}\\.$`)
      )
  })

test('places are URLs that can be used, and a password is not shown', () => {
  const taken = (flag: string, text: string) => () => read([`--${flag}`, text])
  const { settings } = read(['--http-url', 'http://127.0.0.1:8080/'])
  assert.equal(settings.httpUrl, 'http://127.0.0.1:8080')
  assert.throws(
    taken('http-url', 'http://me:secret@127.0.0.1'),
    /^Error: --http-url is "http:\/\/…@127.0.0.1": set it to a URL without a path or a password/
  )
  for (const wrong of ['sqlite:', 'sqlite://r.db', 'sqlite::memory:', 'mysql://127.0.0.1'])
    assert.throws(taken('registry-url', wrong), /set it to mysql:.* or sqlite:file/, wrong)
  for (const wrong of ['https://sqs.eu-west-1.amazonaws.com', 'http://127.0.0.1/1/jobs/'])
    assert.throws(taken('worker-queue-url', wrong), /set it to the URL of an SQS queue/, wrong)
  const { summary } = read(['--registry-url', 'mysql://me:secret@127.0.0.1/x'])
  assert.match(summary, /--registry-url mysql:\/\/…@127\.0\.0\.1\/x/)
})

test('each wrong value is a sentence, all of them at once', () => {
  const wrong = {
    '--http-connections': '101',
    '--connect-timeout': '0',
    '--inactivity-timeout': '36001',
    '--visibility-timeout': '5 minutes',
    '--error-visibility-timeout': '43201',
    '--retention-period': '59',
    '--http-url': 'http://127.0.0.1/path',
    '--http-path': 'jobs',
    '--mime-type': 'json',
    '--preset': 'v1',
    '--registry-url': 'postgres://x',
    '--faults': 'duplicate=2'
  }
  const complain = ({ message }: Error) => {
    const lines = message.split('\n')
    assert.equal(lines.length, Object.keys(wrong).length)
    for (const [flag, text] of Object.entries(wrong))
      assert.ok(
        lines.some(line => line.startsWith(`${flag} is "${text}": set it to `)),
        flag
      )
    return true
  }
  assert.throws(() => read(Object.entries(wrong).flat()), complain)
  assert.throws(() => read([], { SQSD_HTTP_PATH: 'x' }), /^Error: SQSD_HTTP_PATH is "x": set it to/)
})
