import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFolder } from '../../test/line.ts'
import { type Run, readCommand } from './command.ts'

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
  assert.throws(
    () => deployed(t, files('HttpPath:')),
    /a\.config:3 HttpPath: its value is missing\./
  )
  const entry = 'option_settings:\n  - namespace: aws:elasticbeanstalk:sqsd\n'
  assert.throws(
    () => deployed(t, { 'a.config': `${entry}    option_name: HttpPath\n` }),
    /a\.config:2 HttpPath: its value is missing\./
  )
  assert.throws(
    () => deployed(t, { 'a.config': `${entry}    value: /\n` }),
    /a\.config:2: its option_name is missing\./
  )
  assert.throws(() => read(['--ebextensions', '/absent']), /^Error: --ebextensions: ENOENT/)
  const own = read(['--ebextensions', '.ebextensions'])
  assert.equal(own.settings.visibilityTimeoutSeconds, 720)
})

test('a folder in which nothing is set for the daemon is warned of', t => {
  const none = /no option of aws:elasticbeanstalk:sqsd is set in .*\.ebextensions\/\*\.config/
  assert.match(deployed(t, {}).warnings[0] ?? '', none)
  assert.match(deployed(t, { 'a.config': 'option_setting: {}' }).warnings[0] ?? '', none)
  const homeless = 'option_settings:\n  - {option_name: HttpPath, value: /a}\n'
  const [warning] = deployed(t, { 'a.config': homeless }).warnings
  assert.match(warning ?? '', /a\.config:2 HttpPath has no namespace/)
  const folder = join(openFolder(t), 'sub')
  mkdirSync(join(folder, 'dir.config'), { recursive: true })
  assert.throws(() => read(['--ebextensions', folder]), /dir\.config can't be read: EISDIR/)
})
