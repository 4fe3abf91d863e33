import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSesMessage } from './ses-event.ts'

const mail = {
  ...{ timestamp: '2026-11-26T03:00:00.000Z', messageId: '0101-x', source: 'noreply@example.jp' },
  ...{ destination: ['hanako@example.jp'], tags: { job: ['42'], 'ses:from-domain': ['x'] } }
}
const timestamp = '2026-11-26T03:00:02.500Z'
const bounced = {
  ...{ bounceType: 'Permanent', bounceSubType: 'General', timestamp },
  bouncedRecipients: [{ emailAddress: 'hanako@example.jp', diagnosticCode: 'smtp; 550 unknown' }]
}
const sentAt = Date.parse(mail.timestamp)
const at = Date.parse(timestamp)

test('an event is read as a configuration set publishes it, and as an identity gives feedback', () => {
  const expected = {
    ...{ message_id: '0101-x', event: 'bounce', recipient: 'hanako@example.jp', at },
    ...{ type: 'Permanent', subtype: 'General', answer: 'smtp; 550 unknown' }
  }
  const published = JSON.stringify({ eventType: 'Bounce', mail, bounce: bounced })
  const about = { messageId: '0101-x', destination: mail.destination, sentAt }
  const found = readSesMessage(published)
  assert.deepEqual(found, { ...about, job: 42, events: [expected] })

  const { tags: _, ...untagged } = mail
  const feedback = { notificationType: 'Bounce', mail: untagged, bounce: bounced }
  assert.deepEqual(readSesMessage(JSON.stringify(feedback)), { ...about, events: [expected] })
})

test('an event is read in the envelope of SNS, and without', () => {
  const raw = JSON.stringify({ eventType: 'Bounce', mail, bounce: bounced })
  const envelope = JSON.stringify({ Type: 'Notification', TopicArn: 'arn:x', Message: raw })
  assert.deepEqual(readSesMessage(envelope), readSesMessage(raw))
})

test('each sort of event tells what it knows', () => {
  const read = (eventType: string, more: object) =>
    readSesMessage(JSON.stringify({ eventType, mail, ...more }))?.events.map(
      ({ event, at, type, subtype, answer }) => [event, at, type, subtype, answer]
    )
  const recipients = ['hanako@example.jp']
  const delivery = { timestamp, recipients, smtpResponse: '250 ok' }
  assert.deepEqual(read('Delivery', { delivery }), [['delivery', at, null, null, '250 ok']])
  const complainedRecipients = [{ emailAddress: 'hanako@example.jp' }]
  const complaint = { timestamp, complainedRecipients, complaintFeedbackType: 'abuse' }
  assert.deepEqual(read('Complaint', { complaint }), [['complaint', at, 'abuse', null, null]])
  const reject = { reason: 'Bad content' }
  assert.deepEqual(read('Reject', { reject }), [['reject', sentAt, null, null, 'Bad content']])
  const delayedRecipients = [{ emailAddress: 'hanako@example.jp', diagnosticCode: 'smtp; 421' }]
  const deliveryDelay = { timestamp, delayType: 'MailboxFull', delayedRecipients }
  const delay = ['delay', at, 'MailboxFull', null, 'smtp; 421']
  assert.deepEqual(read('DeliveryDelay', { deliveryDelay }), [delay])
  assert.deepEqual(read('Open', { open: {} }), [], 'nothing to keep')
  assert.deepEqual(read('Send', { send: {} }), [])
})

test('of an event that names more people than a mail of SES can go to, no more are read', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `a${index}@example.jp`)
  const wide = { ...mail, destination: many }
  const delivery = { timestamp, recipients: many }
  const bouncedRecipients = many.map(emailAddress => ({ emailAddress }))
  for (const more of [
    { eventType: 'Delivery', delivery },
    { eventType: 'Bounce', bounce: { ...bounced, bouncedRecipients } },
    { eventType: 'Reject', reject: {} }
  ]) {
    const read = readSesMessage(JSON.stringify({ mail: wide, ...more }))
    assert.deepEqual([read?.destination.length, read?.events.length], [50, 50])
  }
})

test('an absence that names nobody is about whom the mail went to', () => {
  const bounce = { bounceType: 'Undetermined', timestamp, bouncedRecipients: [] }
  const found = readSesMessage(JSON.stringify({ eventType: 'Bounce', mail, bounce }))
  assert.deepEqual(
    found?.events.map(({ recipient }) => recipient),
    ['hanako@example.jp']
  )
})

test('a tag that names no job is passed over', () => {
  for (const tag of ['0', '-1', '1.5', '007', '1e9', '9'.repeat(16), 'x', '', 7, null]) {
    const tagged = { ...mail, tags: { job: [tag] } }
    const read = readSesMessage(JSON.stringify({ eventType: 'Open', mail: tagged }))
    assert.ok(read && !('job' in read), String(tag))
  }
})

test('the greeting of SES has nothing to keep', () => {
  const Message = 'Successfully validated SNS topic for Amazon SES event publishing.'
  assert.deepEqual(readSesMessage(JSON.stringify({ Message }))?.events, [])
  assert.deepEqual(readSesMessage(Message)?.events, [])
})

test('what is no event of SES can’t be read, and breaks nothing', () => {
  for (const body of [
    ...['', 'x', 'null', '[]', '{}', '7', '{"Message":"x"}', '{"Message":{}}', '{"job":1}'],
    '{"eventType":"Bounce"}',
    '{"eventType":"Bounce","mail":{"messageId":7,"timestamp":"2026-11-26T03:00:00Z"}}',
    '{"eventType":"Bounce","mail":{"messageId":"x","timestamp":"yesterday"}}'
  ])
    assert.equal(readSesMessage(body), undefined, body)
  for (const name of ['toString', '__proto__', 'constructor'])
    assert.deepEqual(readSesMessage(JSON.stringify({ eventType: name, mail }))?.events, [])
})

test('what is too long is cut, between characters', () => {
  const smtpResponse = `${'x'.repeat(499)}🫘`
  const delivery = { timestamp, recipients: ['a@example.jp'], smtpResponse }
  const found = readSesMessage(JSON.stringify({ eventType: 'Delivery', mail, delivery }))
  assert.equal(found?.events[0]?.answer, `${'x'.repeat(499)}\u{fffd}`)
})
