import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../../test/line.ts'
import { helpText, type Run, readCommand } from './command.ts'
import { options } from './option.ts'

const queue = ['--worker-queue-url', 'https://sqs.eu-west-1.amazonaws.com/1/jobs']
const read = (args: string[], environment = {}) =>
  readCommand([...queue, ...args], environment) as Run

/** The settings that a folder of configuration files gives. */
function deployed(t: TestContext, files: Record<string, string>, args: string[] = []) {
  const folder = join(openFolder(t), '.ebextensions')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return read(['--ebextensions', folder, ...args])
}

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
  const files = {
    '30-sqsd.config': `option_settings:
  aws:elasticbeanstalk:sqsd:
    HttpConnections: 7
    ErrorVisibilityTimeout: "9"
`
  }
  const inFile = deployed(t, files, ['--preset', 'docs']).settings
  assert.deepEqual([inFile.httpConnections, inFile.errorVisibilityTimeoutSeconds], [7, 9])
  assert.equal(inFile.errorVisibilityFor, 'answers')
  const environment = { SQSD_HTTP_CONNECTIONS: '8', QUEUE_URL: 'http://127.0.0.1/1/other' }
  assert.equal(read([], environment).settings.httpConnections, 8)
  assert.equal(read([], environment).settings.queueUrl, queue[1])
  assert.equal(read(['--http-connections', '9'], environment).settings.httpConnections, 9)
  assert.equal((readCommand([], environment) as Run).settings.queueUrl, environment.QUEUE_URL)
})

test('the presets are what is told of the daemon', () => {
  assert.equal(read([]).settings.errorVisibilityTimeoutSeconds, undefined)
  assert.equal(read(['--preset', 'docs']).settings.errorVisibilityTimeoutSeconds, 2)
  const old = read(['--preset', 'v2', '--visibility-timeout', '40']).settings
  assert.deepEqual([old.inactivityTimeoutSeconds, old.closedConnection], [40, 'repost'])
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

test('an unknown flag, a missing value and a missing queue are sentences', () => {
  assert.throws(() => read(['--conections', '5']), /^Error: Unknown option '--conections'; --help/)
  assert.throws(
    () => read(['--http-path']),
    /^Error: Option '--http-path .*argument missing; --help/
  )
  assert.throws(() => readCommand([], {}), /^Error: Which queue\? Give --worker-queue-url/)
})

test('timeouts that contradict each other are warned of', () => {
  assert.deepEqual(read([]).warnings, [])
  const [warning] = read(['--inactivity-timeout', '300']).warnings
  assert.match(warning ?? '', /silent for 300 s.*comes again after 300 s/)
})

test('what is deployed is read from all files, in both ways to write it', t => {
  const { settings, warnings } = deployed(t, {
    '20-b.config': `option_settings:
  - namespace: aws:elasticbeanstalk:sqsd
    option_name: HttpPath
    value: /later
  - namespace: aws:autoscaling:asg
    option_name: MinSize
    value: 2
`,
    '10-a.config': `option_settings:
  aws:elasticbeanstalk:sqsd:
    HttpPath: /earlier
    MaxRetries: 5
    WorkerQueueURL: '\`{"Ref":"Queue"}\`'
`,
    'notes.txt': 'option_settings: ['
  })
  assert.equal(settings.httpPath, '/later')
  assert.match(warnings[0] ?? '', /10-a\.config:5 WorkerQueueURL is known only when it is deployed/)
})

test('what is deployed wrongly is named with its file and line, our own is right', t => {
  const files = (setting: string) => ({
    'a.config': `option_settings:\n  aws:elasticbeanstalk:sqsd:\n    ${setting}\n`
  })
  assert.throws(
    () => deployed(t, files('HttpConnections: 500')),
    /a\.config:3 HttpConnections is "500": set it to a whole number from 1 to 100/
  )
  assert.throws(() => deployed(t, files('HttpConections: 5')), /a\.config:3 .*no such option/)
  assert.throws(() => deployed(t, { 'a.config': 'a: [' }), /a\.config is no valid YAML/)
  assert.throws(() => read(['--ebextensions', '/absent']), /^Error: --ebextensions: ENOENT/)
  const own = read(['--ebextensions', '.ebextensions'])
  assert.equal(own.settings.visibilityTimeoutSeconds, 720)
})

test('the help names every flag', () => {
  assert.equal(readCommand(['--help'], {}), 'help')
  for (const { flag } of Object.values(options)) assert.ok(helpText().includes(`--${flag}`), flag)
  for (const line of helpText().split('\n')) assert.ok(line.length <= 125, line)
})
