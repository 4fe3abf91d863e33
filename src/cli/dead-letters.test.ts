import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { bury, buryFailed, deadCount } from '../../test/dead-letters.ts'
import { beanline, openShell } from '../../test/shell.ts'
import { advanceRedrives } from '../queue/redrive-advance.ts'
import { harmless } from './text.ts'

type Groups = {
  groups: { group: string; count: number; kind: string }[]
  redrives: { state: string; sent: number }[]
}

async function openGraveyard(t: TestContext, count: number) {
  const shell = await openShell(t)
  for (let n = 0; n < count; n += 1) await buryFailed(shell, `Printer ${n} is on fire.`)
  await bury(shell, 'hello')
  const looked = await shell.ask<Groups>('dead-letters', 'look', '--as', '花子')
  const group = looked.groups.find(({ kind }) => kind === 'scripted')?.group ?? ''
  const countOf = async (state: string) => (await shell.database('jobs').where({ state })).length
  return { ...shell, looked, group, countOf }
}

test('a look tells the groups of errors, and the letters of each', async t => {
  const { say, looked, group, ask, database } = await openGraveyard(t, 3)
  assert.deepEqual(
    looked.groups.map(({ count }) => count),
    [3, 1]
  )
  const { out } = await say('dead-letters')
  assert.match(out, /^GROUP +KIND +COUNT +SINCE \(JST\) +NEWEST \(JST\) +ERROR\n/)
  assert.match(out, new RegExp(`^${group} +scripted +3 .* Printer # is on fire\\.$`, 'm'))
  assert.match(out, /These messages carry no job of ours\.$/m)
  const letters = (await say('dead-letters', '--group', group)).out.trimEnd().split('\n')
  assert.equal(letters.length, 4)
  assert.match(letters[1] ?? '', /^1 .*Printer 0 is on fire\.$/)
  const some = await ask<{ letters: { job: { id: number } }[] }>(
    'dead-letters',
    '--group',
    group,
    '--limit',
    '2'
  )
  assert.deepEqual(
    some.letters.map(({ job }) => job.id),
    [1, 2]
  )
  const none = await say('dead-letters', '--group', '0'.repeat(16))
  assert.deepEqual([none.code, none.out], [1, ''])
  const [entry] = await database('actions')
  assert.deepEqual([entry.name, entry.action], ['花子', 'look'])
  assert.match(entry.details, /"seen":4/)
})

test('one is sent back by its job or its message, and not a second time', async t => {
  const shell = await openGraveyard(t, 3)
  const { say, database, queue, countOf } = shell
  const { sqs_message_id } = await database('jobs').where({ id: 2 }).first()
  const { code, out } = await say('redrive', '1', sqs_message_id)
  assert.deepEqual(
    [code, out],
    [0, 'Job 1 is sent back to the queue.\nJob 2 is sent back to the queue.\n']
  )
  assert.deepEqual(
    [await countOf('waiting'), await queue.depth(), await deadCount(shell)],
    [2, 2, 2]
  )
  const again = await say('redrive', '1')
  assert.equal(again.code, 1)
  assert.match(again.err, /No dead letter is known of 1: "beanline dead-letters look"/)
  const strange = await database('dead_letters').whereNull('job_id').first()
  assert.match((await say('redrive', strange.message_id)).err, /carries no job of ours/)
  const entries = await database('actions').where({ action: 'redrive' }).orderBy('id')
  assert.deepEqual(
    entries.map(({ job_id, outcome }) => [job_id, outcome]),
    [
      [1, 'done'],
      [2, 'done']
    ]
  )
})

test('some of a group are sent back at once', async t => {
  const { say, group, countOf, database } = await openGraveyard(t, 12)
  const { code, out } = await say('redrive', '--group', group)
  assert.deepEqual([code, out], [0, 'Sent back to the queue: 10.\n'])
  assert.equal(await countOf('failed'), 2)
  assert.equal((await say('redrive', '--group', group, '--count', '1001')).code, 2)
  const { details } = await database('actions').where({ action: 'redrive-some' }).first()
  assert.match(details, /"done":10,"moved":0/)
})

test('all of a group are sent back at a rate, after an answer, until it is stopped', async t => {
  const shell = await openGraveyard(t, 12)
  const { say, ask, group, countOf } = shell
  const all = ['redrive', '--group', group, '--all', '--rate', '5/min']
  const asked = await say(...all)
  assert.equal(asked.code, 2)
  assert.match(
    asked.err,
    /^Send back 12 dead letters of kind scripted, 5 a minute: Printer # is on fire\.\?/
  )
  assert.match((await say(...all, '--yes')).out, /^Begun: 12, 5 a minute\./)
  assert.match((await say(...all, '--yes')).err, /is being sent back already/)
  assert.equal(await advanceRedrives(shell), 5)
  const [redrive] = (await ask<Groups>('dead-letters')).redrives
  assert.deepEqual([redrive?.state, redrive?.sent], ['running', 5])
  assert.match((await say('dead-letters')).out, /5 of 12 +5 .* running$/m)
  assert.match((await say('redrive', '--group', group, '--stop')).out, /^Stopped/)
  assert.equal(await advanceRedrives(shell), 0)
  assert.equal(await countOf('waiting'), 5)
  assert.match((await say('redrive', '--group', group, '--stop')).err, /Nothing of the group/)
  assert.equal((await say('redrive', '--group', group, '--all', '--rate', '5/s', '--yes')).code, 2)
})

test('an error that a terminal would obey is asked about, and told of, without harm', async t => {
  const shell = await openShell(t)
  await buryFailed(shell, 'a\u001b]0;title\u0007\u009b2Jb')
  const { groups } = await shell.ask<Groups>('dead-letters', 'look')
  const { code, err } = await shell.say('redrive', '--group', groups[0]?.group ?? '', '--all')
  assert.equal(code, 2)
  assert.match(err, /: a \]#;title {2}#Jb\? Nobody is there/)
  assert.equal(harmless(err), err)
  const { out } = await beanline(['job', '1', '--json'], { environment: shell.environment })
  assert.equal(harmless(out), out)
})

test('a queue that is away is not taken for the database', async t => {
  const { environment } = await openShell(t)
  const away = { ...environment, AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' }
  const { code, err } = await beanline(['dead-letters', 'look'], { environment: away })
  assert.equal(code, 1)
  assert.match(err, /^AWS does not answer at 127\.0\.0\.1:9: ECONNREFUSED\./)
})

test('a line without a dead-letter queue says so', async t => {
  const { database, environment, say } = await openShell(t)
  delete environment['DEAD_LETTER_QUEUE_URL']
  const { code, err } = await say('dead-letters', 'look')
  assert.equal(code, 1)
  assert.match(err, /The line has no dead-letter queue/)
  assert.equal((await database('actions')).length, 0)
})
