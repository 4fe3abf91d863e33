import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startAws } from '../src/local/aws.ts'
import { buildMailbox } from '../src/local/ses.ts'
import { startSqsd } from '../src/sqsd/daemon.ts'
import { eventually, mails } from './engine.ts'
import { openFolder, order, post, settled } from './line.ts'

const source = join(import.meta.dirname, '../src')

/** Runs a program of ours with exactly this environment. */
function run(t: TestContext, file: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [join(source, file)], { env })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      output += data
    })
  const url = () => /listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1]
  return { child, url, output: () => output }
}

test('both tiers run as processes of their own, and stop cleanly on SIGTERM', async t => {
  const folder = openFolder(t)
  const aws = await startAws(0, 5)
  const mailbox = await buildMailbox({})
  const mailboxUrl = await mailbox.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await mailbox.close()
    await aws.close()
  })
  const env = {
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'beanline.sqlite')}`,
    QUEUE_URL: aws.queueUrl,
    STORAGE_URL: `file:${join(folder, 'files')}`,
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://127.0.0.1:1',
    API_KEYS: 'local',
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_SES: mailboxUrl
  }
  const [code] = await once(run(t, 'migrate.ts', env).child, 'exit')
  assert.equal(code, 0)
  const web = run(t, 'main.ts', { ...env, TIER: 'web' })
  const worker = run(t, 'main.ts', { ...env, TIER: 'worker' })
  const webUrl = await eventually(web.url)
  const httpUrl = await eventually(worker.url)

  const first = await post(webUrl, order())
  const events = await fetch(`${webUrl}/jobs/${first.body.token}/events`)
  const settings = { queueUrl: aws.queueUrl, httpUrl, waitTimeSeconds: 1 }
  const sqsd = await startSqsd(settings, { sqs: aws.sqs, log: () => {} })
  const job = await settled(webUrl, first.body.token)
  assert.equal(job.state, 'finished', String(job.error))
  assert.equal((await mails({ mailboxUrl })).length, 1)
  await events.text()
  await sqsd.stop()

  const second = await post(webUrl, order({ number: 'waits' }))
  const open = await fetch(`${webUrl}/jobs/${second.body.token}/events`)
  for (const { child, output } of [web, worker]) {
    child.kill('SIGTERM')
    await eventually(() => child.exitCode !== null)
    assert.equal(child.exitCode, 0, output())
  }
  await open.text()
})

test('a tier with a wrong environment says in sentences what to set', async t => {
  const nowhere = run(t, 'main.ts', {})
  await once(nowhere.child, 'close')
  assert.match(nowhere.output(), /TIER is not set: set it to web or worker/)
  const { child, output } = run(t, 'main.ts', { TIER: 'web', PORT: 'x' })
  await once(child, 'close')
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'QUEUE_URL',
    'STORAGE_URL',
    'MAIL_FROM',
    'PUBLIC_URL'
  ])
    assert.match(output(), new RegExp(`^  ${name} `, 'm'))
  assert.doesNotMatch(output(), /\n\s+at /)
})
