import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { onBothDatabases } from '../../test/databases.ts'
import { type Engine, openEngine, recordJob } from '../../test/engine.ts'
import { hearMailEvents } from './hear-mail-events.ts'
import { countReturned, eventsOf, isReturned, isUnwanted } from './mail-event.ts'
import { perform } from './perform.ts'
import { prune } from './prune.ts'
import { openQueue } from './sqs.ts'

const letter = { subject: 'できました', text: 'text', html: '<p>html</p>' }
const none = { kept: 0, unreadable: 0, early: 0 }

onBothDatabases(url => {
  /** A line whose jobs mail to the address that is their word. */
  const open = (t: Parameters<typeof openEngine>[0]) =>
    openEngine(t, url(), async (payload, { mail }) => {
      await mail.send({ ...letter, to: (payload as { word: string }).word })
      return {}
    })

  async function mailed(engine: Engine, to: string) {
    const job = await recordJob(engine, to)
    await engine.database('jobs').where({ id: job.id }).update({ email: to })
    await perform(engine, { job: job.id, receiveCount: 1 })
    return job
  }
  const heardOf = async (engine: Engine, id: number) =>
    (await eventsOf(engine.database, [id])).map(({ event, type }) => [event, type])

  async function left({ aws }: Engine) {
    const asked = { QueueUrl: aws.mailEventsQueueUrl, AttributeNames: ['All' as const] }
    const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand(asked))
    return [
      Number(Attributes?.['ApproximateNumberOfMessages']),
      Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'])
    ]
  }

  test('what becomes of a mail is kept with its job, and its messages are deleted', async t => {
    const engine = await open(t)
    const good = await mailed(engine, 'hanako@example.jp')
    const bad = await mailed(engine, 'bounce+1@simulator.amazonses.com')
    const angry = await mailed(engine, 'complaint@simulator.amazonses.com')
    const away = await mailed(engine, 'ooto@simulator.amazonses.com')
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 6 })
    assert.deepEqual(await heardOf(engine, good.id), [['delivery', null]])
    assert.deepEqual(await heardOf(engine, bad.id), [['bounce', 'Permanent']])
    const of = (id: number) => eventsOf(engine.database, [id])
    assert.ok(isReturned(await of(bad.id)) && !isReturned(await of(away.id)))
    assert.ok(isUnwanted(await of(angry.id)) && !isUnwanted(await of(bad.id)))
    assert.deepEqual(await left(engine), [0, 0])
    assert.deepEqual(await countReturned(engine.database), {
      ...{ bounced: 1, complained: 1, recipients: ['bounce+1@simulator.amazonses.com'] }
    })
  })

  test('a second delivery of the same message changes nothing', async t => {
    const engine = await open(t)
    const job = await mailed(engine, 'bounce@simulator.amazonses.com')
    const { mailEventsQueueUrl: QueueUrl, sqs } = engine.aws
    const look = new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 })
    const [message] = (await sqs.send(look)).Messages ?? []
    await hearMailEvents(engine)
    const before = await eventsOf(engine.database, [job.id])
    await engine.aws.publishMailEvent(message?.Body as string)
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 1 })
    assert.deepEqual(await eventsOf(engine.database, [job.id]), before)
    assert.equal(before.length, 1)
  })

  test('without a tag it is found by the receipt, before and after the job has finished', async t => {
    const engine = await open(t)
    engine.config.MAIL_CONFIGURATION_SET = ''
    const jobs = [await mailed(engine, 'a@example.jp'), await mailed(engine, 'a@example.jp')]
    const [first, second] = jobs.map(({ id }) => id) as [number, number]
    const receipts = await engine.database('jobs').orderBy('id').pluck('receipts')
    const receipt = JSON.stringify(JSON.parse(receipts[1]).mail)
    await engine.database('jobs').where({ id: second }).update({ receipts: null })
    await engine.database('effects').where({ job_id: second }).update({ receipt })
    for (const text of receipts)
      await engine.aws.publishMailEvent(feedback(JSON.parse(text).mail.messageId))
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 2 })
    assert.deepEqual(await heardOf(engine, first), [['complaint', null]])
    assert.deepEqual(await heardOf(engine, second), [['complaint', null]])
  })

  test('a mail that no job has sent is waited for, then kept without one, and forgotten by itself', async t => {
    const engine = await open(t)
    await mailed(engine, 'a@example.jp')
    await hearMailEvents(engine)
    await engine.aws.publishMailEvent(feedback('other'))
    assert.deepEqual(await hearMailEvents(engine), { ...none, early: 1 })
    await engine.aws.publishMailEvent(feedback('other', Date.now() - 180_000))
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 1 })
    const stranger = { eventType: 'Complaint', tags: { job: ['1'] } }
    await engine.aws.publishMailEvent(feedback('third', Date.now(), stranger, ['x@example.jp']))
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 1 }, 'of another line')
    const orphans = () => engine.database('mail_events').whereNull('job_id').pluck('message_id')
    assert.deepEqual(await orphans(), ['other', 'third'])
    await engine.database('mail_events').update({ at: Date.now() - 91 * 86_400_000 })
    assert.equal((await prune(engine)).events, 2)
    assert.equal((await engine.database('mail_events')).length, 1, 'it goes with its job')
    await engine.database('jobs').update({ finished_at: Date.now() - 91 * 86_400_000 })
    await prune(engine)
    assert.equal((await engine.database('mail_events')).length, 0)
  })

  test('with a tag it is found though its receipt was lost', async t => {
    const engine = await open(t)
    const job = await mailed(engine, 'Hanako@example.jp')
    await engine.database('jobs').update({ receipts: null })
    await engine.database('effects').update({ receipt: null })
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 1 })
    assert.deepEqual(await heardOf(engine, job.id), [['delivery', null]])
  })

  test('what came back is counted for a day', async t => {
    const engine = await open(t)
    await mailed(engine, 'bounce@simulator.amazonses.com')
    await hearMailEvents(engine)
    assert.equal((await countReturned(engine.database)).bounced, 1)
    await engine.database('mail_events').update({ at: Date.now() - 86_400_001 })
    assert.equal((await countReturned(engine.database)).bounced, 0)
  })

  test('what can’t be read stays on the queue, and is told of', async t => {
    const engine = await open(t)
    const said: string[] = []
    engine.log.warn = ((_facts: object, text: string) => said.push(text)) as never
    await engine.aws.publishMailEvent('{"hello":"world"}')
    const job = await mailed(engine, 'a@example.jp')
    assert.deepEqual(await hearMailEvents(engine), { ...none, kept: 1, unreadable: 1 })
    assert.match(said.join(), /no events of SES: see who may send to that queue/)
    assert.deepEqual(await heardOf(engine, job.id), [['delivery', null]])
    assert.deepEqual(await left(engine), [0, 1])
  })

  test('without a queue of its own, events are asked for nowhere', async t => {
    const engine = await open(t)
    await mailed(engine, 'a@example.jp')
    const queue = openQueue({ ...engine.config, MAIL_EVENTS_QUEUE_URL: '' })
    t.after(async () => queue.close())
    assert.deepEqual(await hearMailEvents({ ...engine, queue }), none)
    assert.deepEqual(await left(engine), [1, 0])
  })
})

/** A complaint as the feedback of an identity has it, which knows no tags, but for what is changed. */
function feedback(
  messageId: string,
  sentAt = Date.now(),
  changes: { eventType?: string; tags?: object } = {},
  destination = ['a@example.jp']
) {
  const { tags, eventType } = changes
  const timestamp = new Date(sentAt).toISOString()
  const mail = { messageId, timestamp, destination, ...(tags && { tags }) }
  const complainedRecipients = destination.map(emailAddress => ({ emailAddress }))
  const name = eventType ? { eventType } : { notificationType: 'Complaint' }
  return JSON.stringify({ ...name, mail, complaint: { timestamp, complainedRecipients } })
}
