import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { recordJob } from '../../test/engine.ts'
import { beanline, openShell, startBeanline } from '../../test/shell.ts'
import { perform } from '../queue/perform.ts'

type Listed = { jobs: { id: number; state: string; error: string | null }[]; before: number | null }

async function openFew(t: Parameters<typeof openShell>[0]) {
  const shell = await openShell(t, async ({ word }) => {
    if (word === 'bad') throw new Error('The printer is on fire: 請求書')
    return {}
  })
  for (const word of ['豆', 'bad', 'tea']) {
    const { id: job } = await recordJob(shell, word)
    if (word !== 'tea') await perform(shell, { job, receiveCount: 5 })
  }
  return shell
}

test('jobs are listed from the newest on, by state and kind, a page after the other', async t => {
  const { say, ask } = await openFew(t)
  const { out, code } = await say('jobs', '--utc')
  assert.equal(code, 0)
  const [head, ...lines] = out.trimEnd().split('\n')
  assert.match(head ?? '', /^ID +KIND +STATE +ATTEMPTS +RECORDED \(UTC\) +ERROR$/)
  assert.match(lines[0] ?? '', /^3 +scripted +waiting +0 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  assert.match(lines[1] ?? '', /^2 +scripted +failed +1 .*The printer is on fire: 請求書$/)
  assert.equal(lines.length, 3)
  const failed = await ask<Listed>('jobs', '--state', 'failed', '--kind', 'scripted')
  assert.deepEqual([failed.jobs.map(({ id }) => id), failed.before], [[2], null])
  assert.deepEqual((await ask<Listed>('jobs', '--kind', 'invoice')).jobs, [])
  const first = await ask<Listed>('jobs', '--limit', '2')
  assert.deepEqual([first.jobs.map(({ id }) => id), first.before], [[3, 2], 2])
  const last = await ask<Listed>('jobs', '--limit', '3')
  assert.deepEqual([last.jobs.length, last.before], [3, null])
  const next = await ask<Listed>('jobs', '--limit', '2', '--before', String(first.before))
  assert.deepEqual([next.jobs.map(({ id }) => id), next.before], [[1], null])
})

test('a search looks for the whole of something first, then for words', async t => {
  const { say, ask } = await openFew(t)
  const found = async (text: string) => (await ask<Listed>('jobs', '--search', text)).jobs.length
  assert.equal(await found('hanako@example.jp'), 3)
  assert.equal(await found('on fire'), 1)
  assert.equal(await found('豆'), 1)
  assert.equal(await found('nothing of the sort'), 0)
  const { code, out, err } = await say('jobs', '--search', 'nothing of the sort')
  assert.deepEqual([code, out, err], [0, '', 'No jobs.\n'])
  assert.equal((await say('jobs', '--search', ' ')).code, 2)
})

test('all about a job is told, with the explanation in words', async t => {
  const { say, ask, database } = await openFew(t)
  const { token } = await database('jobs').where({ id: 2 }).first('token')
  const { out, code } = await say('job', '2')
  assert.equal(code, 0)
  assert.match(
    out,
    /^Job 2, scripted: failed\n\nIn words\nAttempt 1, its last, failed at .* JST: The printer/
  )
  assert.match(out, /What to do\nMend the cause and Retry, or Discard it\./)
  assert.match(out, /Attempt 1: Failed +0\.\d s +\S+ +5 +.*The printer is on fire: 請求書\n/)
  assert.match(out, new RegExp(`Token +${token}\n`))
  assert.match(out, /Payload\n\{\n {2}"word": "bad"\n\}\n$/)
  for (const other of [token, `http://beanline.example/jobs/${token}`]) {
    const answer = await ask<{ id: number; why: string[]; timeline: object[] }>('job', other)
    assert.deepEqual([answer.id, answer.why.length, answer.timeline.length], [2, 2, 2])
  }
  assert.match((await say('job', '2', '--language', 'ja')).out, /In words\n試行1（最後の試行）/)
  const none = await say('job', '99')
  assert.deepEqual([none.code, none.out], [1, ''])
  assert.match(none.err, /There is no job 99: "beanline jobs" lists all/)
})

test('what a terminal would obey is not printed', async t => {
  const { say, database } = await openFew(t)
  await database('jobs').where({ id: 2 }).update({ error: 'a\u001b]0;owned\u0007b' })
  for (const args of [['jobs'], ['job', '2']]) {
    const { out } = await say(...args)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(out, /[\u0007\u001b]/)
  }
})

test('a reader that has seen enough ends it without a word', async t => {
  const { environment, database } = await openFew(t)
  await database('jobs')
    .where({ id: 2 })
    .update({ payload: JSON.stringify({ word: 'x'.repeat(2_000_000) }) })
  const child = startBeanline(['job', '2'], { environment })
  let err = ''
  child.stderr.on('data', chunk => {
    err += chunk
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'close')
  assert.deepEqual([code, err], [0, ''])
})

test('what is missing of the configuration, and of the tables, is said in sentences', async t => {
  const { folder } = await openShell(t)
  const nothing = await beanline(['jobs'])
  assert.equal(nothing.code, 1)
  assert.match(
    nothing.err,
    /DATABASE_URL is not set: .*\nThese are the variables of a tier .* add --local/s
  )
  const acting = await beanline(['retry', '1'], { environment: { DATABASE_URL: 'sqlite:x' } })
  assert.match(acting.err, /QUEUE_URL is not set/)
  const empty = `sqlite:${folder}/empty.sqlite`
  const absent = await beanline(['jobs'], { environment: { DATABASE_URL: empty } })
  assert.match(absent.err, /There is no database .*empty\.sqlite: see DATABASE_URL/)
  const away = { DATABASE_URL: 'mysql://u:secret@127.0.0.1:9/x' }
  const unreachable = await beanline(['jobs'], { environment: away })
  assert.match(unreachable.err, /^The database does not answer at 127\.0\.0\.1:9: ECONNREFUSED/)
  assert.doesNotMatch(unreachable.err, /secret/)
})
