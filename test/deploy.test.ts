import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { attemptSeconds, leaseSeconds } from '../src/queue/job.ts'
import { readCronFile } from '../src/sqsd/cron-file.ts'

const root = join(import.meta.dirname, '..')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
const options = (file: string) => parse(read('.ebextensions', file)).option_settings
const nginx = read('.platform/nginx/conf.d/10-app.conf')

test('each timeout is longer than the one it contains', () => {
  const sqsd = options('30-worker-sqsd.config')['aws:elasticbeanstalk:sqsd']
  const proxy = Number(/proxy_read_timeout (\d+)s;/.exec(nginx)?.[1])
  const inside = [sqsd.ConnectTimeout, attemptSeconds, sqsd.InactivityTimeout]
  const order = [...inside, proxy, sqsd.VisibilityTimeout]
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b)
  )
  assert.equal(new Set(order).size, order.length)
  assert.ok(sqsd.ErrorVisibilityTimeout > 2)
})

test('the worker tier and its queue agree on how often a message comes', () => {
  const environment = 'aws:elasticbeanstalk:application:environment'
  const receives = Number(options('10-common.config')[environment].MAX_RECEIVES)
  const { MaxRetries } = options('30-worker-sqsd.config')['aws:elasticbeanstalk:sqsd']
  assert.equal(MaxRetries, receives)
  assert.match(read('.env.example'), new RegExp(`^MAX_RECEIVES=${receives}$`, 'm'))
})

test('a message comes again for longer than the lease of a worker that died', () => {
  const sqsd = options('30-worker-sqsd.config')['aws:elasticbeanstalk:sqsd']
  assert.ok(sqsd.ErrorVisibilityTimeout * (sqsd.MaxRetries - 1) > leaseSeconds)
})

test('every file for Beanstalk is valid YAML and names nothing that one tier lacks', () => {
  for (const file of readdirSync(join(root, '.ebextensions'))) {
    assert.ok(parse(read('.ebextensions', file)), file)
    const tierSpecific = /AWSEBWorkerQueue|AWSEBWorkerDeadLetterQueue|AWSEBV2LoadBalancer/
    assert.doesNotMatch(read('.ebextensions', file), tierSpecific)
  }
})

test('the Procfile starts a file that is there', () => {
  const [, name, file = ''] = /^(\w+): node (\S+)$/m.exec(read('Procfile')) ?? []
  assert.equal(name, 'web')
  assert.ok(existsSync(join(root, file)))
})

test('sqsd can read cron.yaml', () => {
  const tasks = readCronFile(read('cron.yaml'), 'cron.yaml', () => {})
  assert.deepEqual(
    tasks.map(({ url }) => url),
    ['/cron/sweep']
  )
})

test('what production needs is in the bundle, and tests are not', () => {
  const isLeftOut = (file: string) => {
    const said = execFileSync('git', ['check-attr', 'export-ignore', file], { cwd: root })
    return String(said).trim().endsWith(': set')
  }
  const needed = ['package.json', 'package-lock.json', 'Procfile', 'cron.yaml', 'src/main.ts']
  for (const file of [...needed, 'migrations/001-jobs.ts', '.platform/nginx/conf.d/10-app.conf'])
    assert.equal(isLeftOut(file), false, file)
  for (const file of [
    'src/queue/perform.test.ts',
    'test',
    'src/local',
    'infra',
    '.elasticbeanstalk'
  ])
    assert.equal(isLeftOut(file), true, file)
})
