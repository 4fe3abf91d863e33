import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openLine, order } from '../../test/line.ts'
import { beanline, openShell } from '../../test/shell.ts'
import { example } from '../jobs/mail-merge/example.ts'

const examples = join(import.meta.dirname, '../../examples')
const invoice = join(examples, 'invoice.json')

/** A shell beside a line as `npm start` runs it. */
async function openLocal(t: TestContext) {
  const { webUrl, awsUrl, mailboxUrl, line } = await openLine(t)
  const DATA_DIR = dirname(line.config.DATABASE_URL.slice('sqlite:'.length))
  const ports = { PORT: new URL(webUrl).port, AWS_PORT: new URL(awsUrl).port }
  const environment = { DATA_DIR, ...ports }
  const say = (args: string[], input = '') => beanline([...args, '--local'], { environment, input })
  return { say, line, webUrl, mailboxUrl }
}

test('an order is made by the local line, and waited for', async t => {
  const { say, line, webUrl } = await openLocal(t)
  const { code, out, err } = await say(['enqueue', 'invoice', invoice, '--wait', '--as', '花子'])
  assert.equal(code, 0, err)
  const [recorded = '', finished] = out.trimEnd().split('\n')
  const token = /^Job 1 is recorded: (\S+)\/jobs\/([0-9a-f]{32})$/.exec(recorded)
  assert.equal(token?.[1], webUrl)
  assert.equal(finished, 'Job 1 is finished: 請求書_2026-1123.pdf')
  assert.equal((await line.queue.counts()).delayed, 0)
  const [entry] = await line.database('actions')
  assert.deepEqual([entry.name, entry.action, entry.outcome], ['花子', 'enqueue', 'done'])
  assert.equal(entry.details, '{"kind":"invoice","job":1}')
  const refused = await say(
    ['enqueue', 'invoice', '-', '--json'],
    JSON.stringify(order({ email: 'x' }))
  )
  assert.equal(refused.code, 1)
  const [problem] = JSON.parse(refused.out).problems
  assert.deepEqual(
    [problem.path, typeof problem.ja, typeof problem.en],
    ['email', 'string', 'string']
  )
})

test('a job that fails is told of by the exit code', async t => {
  const { say, mailboxUrl } = await openLocal(t)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'MessageRejected', times: 1 })
  await fetch(`${mailboxUrl}/faults`, { method: 'POST', headers, body })
  const { code, out } = await say(['enqueue', 'invoice', invoice, '--wait', '--json'])
  const { state, error } = JSON.parse(out)
  assert.deepEqual([code, state], [1, 'failed'])
  assert.match(error, /^SES: /)
})

test('what is told of a job that is waited for has nothing that a terminal would obey', async t => {
  const shell = await openShell(t)
  const args = ['enqueue', 'invoice', invoice, '--idempotency-key', 'a']
  await shell.say(...args)
  const waited = async (columns: object) => {
    await shell.database('jobs').update(columns)
    return await shell.say(...args, '--wait')
  }
  const finished = await waited({ state: 'finished', file_name: 'a\u001b[2J.pdf' })
  assert.match(finished.out, /is finished: a \[2J\.pdf$/m)
  const failed = await waited({ state: 'failed', error: 'a\u001b[2Jb' })
  assert.match(failed.err, /^Job 1 is failed: a \[2Jb$/m)
})

test('a key makes of two orders one, and refuses another one', async t => {
  const { ask, say, database } = await openShell(t)
  const args = ['enqueue', 'invoice', invoice, '--idempotency-key', 'a']
  type Answer = { id: number; status: string }
  const first = await ask<Answer>(...args)
  const second = await ask<Answer>(...args)
  assert.deepEqual([first.status, second.status, first.id === second.id], ['new', 'same', true])
  const other = await say(...args, '--email', 'taro@example.jp')
  assert.equal(other.code, 1)
  assert.match(other.err, /This key was used for another order/)
  assert.equal((await database('jobs')).length, 1)
  const outcomes = await database('actions').orderBy('id').pluck('outcome')
  assert.deepEqual(outcomes, ['done', 'done', 'failed'])
})

test('files come from the command line only, and the same ones are the same order', async t => {
  const { say, ask, folder, storage, database } = await openShell(t)
  const path = join(folder, 'merge.json')
  const { file: sample, ...fields } = example
  const body = { email: 'hanako@example.jp', ...fields }
  writeFileSync(path, JSON.stringify(body))
  const csv = join(folder, 'orders.csv')
  writeFileSync(csv, sample.text)
  const args = ['enqueue', 'mail-merge', path, '--file', `file=${csv}`, '--idempotency-key', 'm']
  const { id } = await ask<{ id: number }>(...args)
  assert.equal((await ask<{ status: string }>(...args)).status, 'same')
  const { file } = JSON.parse((await database('jobs').where({ id }).first()).payload)
  assert.equal(file.name, 'orders.csv')
  assert.equal((await storage.read(file.key)).length, file.bytes)
  writeFileSync(path, JSON.stringify({ ...body, file: { path: csv } }))
  assert.match((await say('enqueue', 'mail-merge', path)).err, /^The order has errors/)
  const vague = await say('enqueue', 'mail-merge', path, '--file', csv)
  assert.match(vague.err, /Say for which field it is: --file file=/)
  assert.equal(vague.code, 2)
})

test('what is no order is refused in a sentence, field by field', async t => {
  const { say, folder, database } = await openShell(t)
  const { code, err } = await say('enqueue', 'invoice', await broken(folder, '{"lines":[{}]}'))
  assert.equal(code, 1)
  assert.match(err, /^The order has errors; nothing was recorded\.\nFIELD +WHAT TO DO\n/)
  assert.match(err, /^lines\.0\.quantity +\S/m)
  assert.match(err, /^email +\S/m)
  assert.match((await say('enqueue', 'invoice', `${folder}/no.json`)).err, /there is no such file/)
  assert.match((await say('enqueue', 'invoice', await broken(folder, '{'))).err, /is no JSON: /)
  assert.match(
    (await say('enqueue', 'invoice', await broken(folder, '[]'))).err,
    /is no JSON object/
  )
  assert.equal((await database('jobs')).length, 0)
})

async function broken(folder: string, text: string) {
  const path = join(folder, 'broken.json')
  writeFileSync(path, text)
  return path
}

test('without SQS the job is recorded, and it is said who will send it', async t => {
  const { environment, database } = await openShell(t)
  const away = { ...environment, AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' }
  const { code, err } = await beanline(['enqueue', 'invoice', invoice], { environment: away })
  assert.equal(code, 0)
  assert.match(err, /^Job 1: job not sent; the sweep will send it \(.*ECONNREFUSED/)
  assert.equal((await database('jobs').first()).state, 'waiting')
})

test('where no line was ever started, --local says what to do', async t => {
  const { folder } = await openShell(t)
  const environment = { DATA_DIR: join(folder, 'nowhere') }
  const { code, err } = await beanline(['jobs', '--local'], { environment })
  assert.equal(code, 1)
  assert.match(err, /There is no line in .*nowhere: run "npm start" once, or set DATA_DIR/)
})
