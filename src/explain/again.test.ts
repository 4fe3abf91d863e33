import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, claimed, finished, said } from '../../test/explained.ts'

describe('why a job has run again', () => {
  test('its worker died, and another took it over', () => {
    const over = at(31, 'taken over', { attempt: 2, receives: 2, message: 'm', worker: 'web-2:7' })
    const entries = [claimed(1, 1), over, at(40, 'finished', { attempt: 2, ms: 9000 })]
    const { why, todo } = said(90, { job: finished, entries })
    assert.match(why, /worker web-1:7 died or lost the database; attempt 2 took the job over 30 s/)
    assert.equal(todo, '')
    assert.match(said(90, { job: finished, entries }, 'ja').why, /web-1:7.*30秒後に試行2が引き継ぎ/)
  })

  test('its worker died, and the sweep took it back', () => {
    const entries = [claimed(1, 1), at(61, 'released', { ms: 60_000 }), claimed(63, 2)]
    const { why } = said(90, { job: finished, entries })
    assert.match(why, /sweep took the job back 1 min after .* and attempt 2 began 2.0 s later/)
  })

  test('it failed, and its message came again', () => {
    const failure = at(3, 'retrying', { attempt: 1, ms: 2000, error: 'The disk is full.' })
    const { why } = said(90, { job: finished, entries: [claimed(1, 1), failure, claimed(33, 2)] })
    assert.match(why, /Attempt 1 failed after 2.0 s \(The disk is full\.\).* attempt 2 began 30 s/)
  })

  test('it was handed back, and not for a failure', () => {
    const entries = [claimed(1, 1), at(60, 'handed back', { ms: 59_000 }), claimed(70, 1)]
    assert.match(said(90, { job: finished, entries }).why, /told to stop.*does not count/)
  })

  test('it asked for later, and it was sent back by the operator', () => {
    const entries = [
      ...[claimed(1, 1), at(2, 'postponed', { ms: 900, error: 'SES: slow down' }), claimed(9, 1)],
      ...[at(10, 'failed', { error: 'x' }), at(50, 'requeued'), claimed(51, 1, 1)]
    ]
    const { why } = said(90, { job: finished, entries })
    assert.match(why, /asked to be run again later \(SES: slow down\)/)
    assert.match(why, /The operator sent the job back, so attempt 1 began/)
  })

  test('of many attempts the last are told, and how many there were before', () => {
    const entries = Array.from({ length: 8 }, (_, n) => [
      claimed(n * 10, n + 1),
      at(n * 10 + 1, 'retrying', { ms: 1000, error: 'x' })
    ]).flat()
    const { why } = said(90, { job: finished, entries })
    assert.match(why, /There were 3 more attempts before/)
    assert.equal(why.match(/Its message came again/g)?.length, 4)
    const fewer = said(90, { job: finished, entries: entries.slice(4) })
    assert.match(fewer.why, /There was one more attempt before/)
  })

  test('it took longer than sqsd waits, which brings its message twice', () => {
    const patience = { inactivitySeconds: 60, errorSeconds: 30 }
    const entries = [
      claimed(1, 1),
      at(62, 'retrying', { ms: 61_000, error: 'x' }),
      claimed(92, 2, 3)
    ]
    const { why, todo } = said(95, { job: finished, entries, patience })
    assert.match(why, /attempt 1 took 1 min 1 s, but sqsd cuts the connection after 60 s/)
    assert.match(why, /delivered once more without beginning anything/)
    assert.match(todo, /Raise InactivityTimeout.*or declare the kind long/)
    const long = said(95, { job: finished, entries, patience, kind: { attemptSeconds: 7200 } })
    assert.equal(long.todo, '')
  })

  test('its message seemed lost and was sent again', () => {
    const entries = [at(0, 'sent', { message: 'a' }), at(200, 'sent', { message: 'b' })]
    assert.match(
      said(300, { entries }).why,
      /seemed lost, so the sweep sent another at 12:03:20 JST/
    )
  })
})
