import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { eventually } from './engine.ts'
import { openFolder, order, post, type Status, settled } from './line.ts'
import { kill, type Started, start } from './start.ts'

test('every recorded job finishes although the line is killed twice', async t => {
  const folder = openFolder(t)
  let line = await start(t, folder)
  const numbers = Array.from({ length: 100 }, (_, n) => `再起動-${n + 1}`)
  const posted = await Promise.all(
    numbers.map(number => post(line.url('Forms'), order({ number })))
  )
  assert.ok(posted.every(({ status }) => status === 202))
  for (const least of [5, 40]) {
    await eventually(async () => (await mailSubjects(line)).length >= least, 120)
    await kill(line)
    line = await start(t, folder)
  }
  const jobs: Status[] = []
  for (const { body } of posted)
    jobs.push(await settled(line.url('Forms'), body.token, ['finished']))
  const files = await Promise.all(jobs.map(({ file }) => fetch(String(file?.url))))
  const hashes = await Promise.all(
    files.map(async file =>
      createHash('sha256')
        .update(await file.bytes())
        .digest('hex')
    )
  )
  assert.equal(new Set(hashes).size, 100, 'a hundred different files')
  const subjects = await mailSubjects(line)
  const told = numbers.filter(number => subjects.includes(`請求書 ${number} ができました`))
  assert.equal(told.length, 100, 'everyone has a mail')
  const duplicates = subjects.length - 100
  t.diagnostic(`duplicate mails: ${duplicates}`)
  assert.ok(duplicates <= 10, 'at most those in flight at a kill, five each time')
  await kill(line)
})

async function mailSubjects({ url }: Started): Promise<string[]> {
  const mails = (await (await fetch(`${url('Mailbox')}/mails`)).json()) as { subject: string }[]
  return mails.map(({ subject }) => subject)
}

test('Ctrl-C, which npm passes on as well, stops the line cleanly; a taken port and a taken folder are sentences', async t => {
  const folder = openFolder(t)
  const first = await start(t, folder)
  const PORT = new URL(first.url('Forms')).port
  const refused = [await start(t, openFolder(t), { PORT }), await start(t, folder)]
  await eventually(() => refused.every(({ child }) => child.exitCode === 1))
  await eventually(() => refused.every(({ output }) => output().endsWith('\n')))
  const [port, taken] = refused.map(({ output }) => output().trim())
  assert.match(port ?? '', /^Port \d+ is taken by another program: .*PORT.*$/)
  assert.match(taken ?? '', /^.*another Beanline is running there\. Set DATA_DIR .*$/)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) first.child.kill(signal)
  await eventually(() => first.child.exitCode !== null)
  assert.equal(first.child.exitCode, 0)
})
