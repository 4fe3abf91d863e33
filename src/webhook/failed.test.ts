import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { onBothDatabases } from '../../test/databases.ts'
import { expire, recordJob, reload } from '../../test/engine.ts'
import { openTeller } from '../../test/webhooks.ts'
import { examineDeadLetters } from '../queue/dead-letter.ts'
import * as jobs from '../queue/job.ts'
import * as messages from '../queue/message.ts'
import { GiveUp } from '../queue/outcome.ts'
import { sweep } from '../queue/sweep.ts'

onBothDatabases(url => {
  test('however a job fails, it is told of', async t => {
    const { engine, line, add, run, deliveries } = await openTeller(t, url(), async () => {
      throw new GiveUp('no ink')
    })
    const { database } = engine
    await add({ url: 'http://127.0.0.1:1/', events: ['job.failed'] })

    await run()
    await run({ ...line, kinds: [] }, 5)

    const deadly = await recordJob(engine)
    await database('jobs').where({ id: deadly.id }).update({ deaths: 2 })
    await jobs.claim(database, await reload(engine, deadly))
    await expire(engine, deadly)
    await sweep(line)

    const late = await recordJob(engine)
    await database('jobs').where({ id: late.id }).update({ waiting_at: 1 })
    await jobs.claim(database, await reload(engine, late))
    await expire(engine, late)
    const hasty = line.kinds.map(kind => ({ ...kind, deadlineSeconds: 60 }))
    await sweep({ ...line, kinds: hasty })

    const job = await recordJob(engine)
    const QueueUrl = engine.aws.deadLetterQueueUrl
    const letter = { QueueUrl, MessageBody: JSON.stringify({ job: job.id }) }
    const { MessageId } = await engine.aws.sqs.send(new SendMessageCommand(letter))
    await messages.sent(database, job, MessageId as string)
    await examineDeadLetters(line)

    await engine.underway.ended()
    const told = (await deliveries()).map(({ payload }) => JSON.parse(JSON.parse(payload).body))
    assert.deepEqual(
      told.map(({ type, data }) => `${type}: ${data.error.slice(0, 20)}`),
      [
        'job.failed: no ink',
        'job.failed: This worker knows no',
        'job.failed: The worker died in t',
        'job.failed: The job has run out ',
        'job.failed: Its message was deli'
      ]
    )
  })
})
