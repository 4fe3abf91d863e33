import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../../test/line.ts'
import { type Run, readCommand } from './command.ts'
import { helpText } from './help.ts'
import { table } from './option.ts'

const queue = ['--worker-queue-url', 'https://sqs.eu-west-1.amazonaws.com/1/jobs']
const read = (args: string[], environment = {}) =>
  readCommand([...queue, ...args], environment) as Run

test('flags become settings, in seconds', () => {
  const { settings } = read([
    ...['--http-url', 'http://127.0.0.1:8080', '--http-path', '/jobs', '--mime-type', 'text/plain'],
    ...['--http-connections', '5', '--connect-timeout', '10', '--inactivity-timeout', '630'],
    ...['--visibility-timeout', '720', '--error-visibility-timeout', '30'],
    ...['--retention-period', '1209600', '--cron-file', 'x.yaml', '--nginx-headers', '--json'],
    ...['--registry-url', 'sqlite:here', '--health-port', '9000', '--faults', 'cut=60,late=0.1']
  ])
  assert.deepEqual(settings, {
    queueUrl: queue[1],
    httpUrl: 'http://127.0.0.1:8080',
    httpPath: '/jobs',
    mimeType: 'text/plain',
    httpConnections: 5,
    connectTimeoutSeconds: 10,
    inactivityTimeoutSeconds: 630,
    visibilityTimeoutSeconds: 720,
    errorVisibilityTimeoutSeconds: 30,
    retentionPeriodSeconds: 1_209_600,
    cronFile: 'x.yaml',
    nginxHeaders: true,
    json: true,
    registryUrl: 'sqlite:here',
    healthPort: 9000,
    faults: { cut: 60, late: 0.1, duplicate: 0, reorder: 0, 'lose-delete': 0, slow: 0, refuse: 0 }
  })
})

test('a flag counts before its variable, that before what is deployed, that before the preset', t => {
  const folder = openFolder(t)
  const deployed = `option_settings:
  aws:elasticbeanstalk:sqsd:
    HttpConnections: 7
    ErrorVisibilityTimeout: "9"
`
  writeFileSync(join(folder, '30-sqsd.config'), deployed)
  const inFile = read(['--ebextensions', folder, '--preset', 'docs']).settings
  assert.deepEqual([inFile.httpConnections, inFile.errorVisibilityTimeoutSeconds], [7, 9])
  assert.equal(inFile.errorVisibilityFor, 'answers')
  const environment = { SQSD_HTTP_CONNECTIONS: '8', QUEUE_URL: 'http://127.0.0.1/1/other' }
  assert.equal(read([], environment).settings.httpConnections, 8)
  assert.equal(read([], environment).settings.queueUrl, queue[1])
  assert.equal(read(['--http-connections', '9'], environment).settings.httpConnections, 9)
  assert.equal((readCommand([], environment) as Run).settings.queueUrl, environment.QUEUE_URL)
})

test('an unknown flag, a missing value and a missing queue are sentences', () => {
  assert.throws(() => read(['--conections', '5']), /^Error: Unknown option '--conections'; --help/)
  assert.throws(
    () => read(['--http-path']),
    /^Error: Option '--http-path .*argument missing; --help/
  )
  assert.throws(
    () => read(['--visibility-timeout', '-1']),
    /^Error: Option '--visibility-timeout' argument is ambiguous; --help lists the flags\.$/
  )
  assert.throws(() => readCommand([], {}), /^Error: Which queue\? Give --worker-queue-url/)
})

test('timeouts that contradict each other are warned of', () => {
  assert.deepEqual(read([]).warnings, [])
  const [warning] = read(['--inactivity-timeout', '300']).warnings
  assert.match(warning ?? '', /silent for 300 s.*comes again after 300 s/)
  const [connect] = read(['--connect-timeout', '20', '--inactivity-timeout', '20']).warnings
  assert.match(connect ?? '', /connect timeout \(20 s\) is no shorter/)
})

test('a variable that nobody reads is warned of, and a switch can be undone', () => {
  assert.match(read([], { SQSD_HTTP_PORT: '1' }).warnings[0] ?? '', /^SQSD_HTTP_PORT is no var/)
  assert.equal(read([], { SQSD_JSON: 'true' }).settings.json, true)
  assert.equal(read(['--no-json'], { SQSD_JSON: 'true' }).settings.json, false)
})

test('--cron-file none is no file, and an empty folder of --ebextensions is refused', () => {
  assert.equal(read([]).settings.cronFile, 'cron.yaml')
  assert.equal(read(['--cron-file', 'none']).settings.cronFile, undefined)
  assert.throws(() => read(['--ebextensions', '']), /--ebextensions is "": set it to the path of/)
  const fromVariable = read([], { SQSD_EBEXTENSIONS: '.ebextensions' })
  assert.equal(fromVariable.settings.visibilityTimeoutSeconds, 720)
})

test('the help names every flag, its range, and what the presets change', () => {
  assert.equal(readCommand(['--help'], {}), 'help')
  for (const { flag } of Object.values(table)) assert.ok(helpText().includes(`--${flag}`), flag)
  for (const line of helpText().split('\n')) assert.ok(line.length <= 102, line)
  assert.match(helpText(), /--connect-timeout … .*\(1 to 60; 5\)/)
  assert.match(helpText(), /^ {2}docs {2}--error-visibility-timeout 2 /m)
})
