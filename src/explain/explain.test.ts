import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, claimed, finished, said, second, start } from '../../test/explained.ts'

describe('why a job has not run', () => {
  test('others are before it', () => {
    const { why, todo } = said(120, { ahead: 3 })
    assert.match(why, /on the queue since 12:00:00 JST \(2 min\)/)
    assert.match(why, /3 jobs are before it/)
    assert.equal(todo, '')
    assert.match(said(120, { ahead: 10_001 }).why, /More than 10,000 jobs are before it/)
    assert.match(said(120, { ahead: 3 }, 'ja').why, /先に待っているジョブが3件あります/)
  })

  test('after ten minutes somebody should look', () => {
    assert.match(said(700, { ahead: 0 }).todo, /whether workers run/)
    assert.match(said(700, { ahead: 4 }).todo, /MaxSize/)
  })

  test('its message was never sent, and the sweep that should send it is not running', () => {
    const unsent = { sqs_message_id: null }
    assert.match(said(20, { job: unsent }).why, /not been sent for 20 s/)
    assert.equal(said(20, { job: unsent }).todo, '')
    assert.match(said(180, { job: unsent }).todo, /The sweep is not running/)
  })

  test('it waits for its time, its own message, or has a deadline', () => {
    const later = {
      state: 'retrying',
      run_at: start + 600 * second,
      error: 'SES: quota\n at x'
    } as const
    const { why, todo } = said(60, { job: later })
    assert.match(why, /waits until 12:10:00 JST, 9 min from now, because: SES: quota$/m)
    assert.match(todo, /Nothing/)
    const failedOnce = { state: 'retrying', error: 'The disk is full.' } as const
    assert.match(said(10, { job: failedOnce }).why, /comes again after about 30 s/)
    assert.match(said(10, { deadline: start + 70 * second }).why, /deadline is 12:01:10 JST, 1 min/)
    assert.match(said(80, { deadline: start + 70 * second }).why, /is over: it fails when/)
  })
})

describe('what a job does, and how it ended', () => {
  const atWork = {
    state: 'running',
    attempts: 1,
    claimed_by: 'web-1:7/x',
    started_at: start
  } as const

  test('it is at work, or its worker is gone', () => {
    const alive = said(20, { job: { ...atWork, progress: 40, lease_until: start + 40 * second } })
    assert.match(alive.why, /Attempt 1 has been at it for 20 s on worker web-1:7 \(40%\)/)
    const dead = { ...atWork, lease_until: start + 30 * second }
    assert.match(said(45, { job: dead }).why, /no sign of life; the lease ran out at 12:00:30 JST/)
    assert.equal(said(45, { job: dead }).todo, '')
    assert.match(said(300, { job: dead }).todo, /The sweep is not running/)
  })

  test('it failed: by its last attempt, or for good at once', () => {
    const failed = { state: 'failed', error: 'No ink.\n  at x', finished_at: start } as const
    assert.match(
      said(60, { job: { ...failed, attempts: 5 } }).why,
      /Attempt 5, its last, .*No ink\.$/
    )
    const { why, todo } = said(60, { job: { ...failed, attempts: 1, file_key: 'a.pdf' } })
    assert.match(why, /no retry mends/)
    assert.match(why, /Its file was made/)
    assert.match(todo, /Mend the cause and Retry/)
  })

  test('it failed: for its deadline, its dead message, or its dead workers', () => {
    const failed = { state: 'failed', finished_at: start } as const
    const error = 'The job has run out of time: its deadline is over.'
    const late = said(60, { job: { ...failed, error }, deadline: start })
    assert.match(late.why, /ran out of time/)
    assert.match(late.todo, /begins its time anew/)
    const dead = said(60, { job: { ...failed, error: 'x', dead_lettered_at: start } })
    assert.match(dead.why, /delivered 5 times for nothing/)
    assert.match(said(60, { job: { ...failed, error: 'x', deaths: 3 } }).why, /died 3 times/)
  })

  test('its mail is held, or may have come twice', () => {
    const mail = { step: 'mail', began_at: start, done_at: null, receipt: null, ambiguous: 1 }
    const failed = { state: 'failed', error: 'Nobody knows', attempts: 2 } as const
    const held = said(60, { job: failed, effects: [{ ...mail, fencing_token: -1 }] })
    assert.match(held.why, /Held: nobody knows whether the mail went out/)
    assert.match(held.todo, /^Ask the person.*Retry sends it once more/)
    assert.doesNotMatch(held.todo, /Mend the cause/)
    const done = { ...mail, fencing_token: 2, done_at: start }
    assert.match(said(60, { job: finished, effects: [done] }).why, /may have gone out twice/)
  })

  test('somebody has ended it', () => {
    const entries = [claimed(1, 1), at(5, 'cancelled')]
    const { why } = said(60, { job: { state: 'cancelled' }, entries })
    assert.match(why, /cancelled it at 12:00:05 JST/)
    assert.match(why, /may still arrive/)
    const gone = said(60, { job: { state: 'discarded' }, entries: [at(9, 'discarded')] })
    assert.match(gone.why, /discarded it at 12:00:09 JST/)
  })
})
