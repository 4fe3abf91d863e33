import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextTick, parseSchedule } from './schedule.ts'

const next = (schedule: string, after: string) =>
  nextTick(parseSchedule(schedule), new Date(after))?.toISOString().slice(0, 16)

test('case 29: the next tick is the first due minute in UTC', () => {
  assert.equal(next('* * * * *', '2026-11-23T10:20:30Z'), '2026-11-23T10:21')
  assert.equal(next('*/15 * * * *', '2026-11-23T10:45:00Z'), '2026-11-23T11:00')
  assert.equal(next('0 23 * * *', '2026-03-08T06:59:59Z'), '2026-03-08T23:00')
  assert.equal(next('30 3 * * mon-FRI', '2026-11-20T03:30:00Z'), '2026-11-23T03:30')
  assert.equal(next('1-59/2 * * * *', '2026-11-23T10:01:00Z'), '2026-11-23T10:03')
  assert.equal(next('0 0 * * 7', '2026-11-23T00:00:00Z'), '2026-11-29T00:00')
  assert.equal(next('0 0 1 jan *', '2026-11-23T00:00:00Z'), '2027-01-01T00:00')
  assert.equal(next('0 0 29 2 *', '2026-11-23T00:00:00Z'), '2028-02-29T00:00')
  assert.equal(next('0 0 29 2 *', '2096-03-01T00:00:00Z'), '2104-02-29T00:00')
  assert.equal(next('0 0 * * *', '2026-12-31T00:00:00Z'), '2027-01-01T00:00')
  assert.equal(next('5,10-12 8 * * *', '2026-11-23T08:05:00Z'), '2026-11-23T08:10')
  assert.equal(next('@hourly', '2026-11-23T10:20:00Z'), '2026-11-23T11:00')
})

test('case 28: the clock of the machine does not matter, nor does its summer time', t => {
  const { TZ } = process.env
  t.after(() => {
    if (TZ === undefined) delete process.env['TZ']
    else process.env['TZ'] = TZ
  })
  process.env['TZ'] = 'America/New_York'
  assert.equal(new Date('2026-03-08T12:00:00Z').getTimezoneOffset(), 240)
  assert.equal(next('0 23 * * *', '2026-03-07T23:00:00Z'), '2026-03-08T23:00')
  assert.equal(next('30 2 * * *', '2026-03-08T00:00:00Z'), '2026-03-08T02:30')
  assert.equal(next('30 * * * *', '2026-11-01T05:30:00Z'), '2026-11-01T06:30')
})

test('case 29: when both day fields are restricted, either is enough', () => {
  assert.equal(next('0 0 13 * 5', '2026-11-23T00:00:00Z'), '2026-11-27T00:00')
  assert.equal(next('0 0 24 * 5', '2026-11-23T00:00:00Z'), '2026-11-24T00:00')
  assert.equal(next('0 0 */2 * 1', '2026-11-29T00:00:00Z'), '2026-11-30T00:00')
})

test('case 29: every nickname, month and weekday is what it says', () => {
  const nicknames = {
    '@yearly': '2027-01-01T00:00',
    '@annually': '2027-01-01T00:00',
    '@monthly': '2026-12-01T00:00',
    '@weekly': '2026-11-29T00:00',
    '@daily': '2026-11-24T00:00',
    '@midnight': '2026-11-24T00:00',
    '@hourly': '2026-11-23T11:00'
  }
  for (const [name, due] of Object.entries(nicknames))
    assert.equal(next(name, '2026-11-23T10:20:00Z'), due, name)
  const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
  for (const [n, month] of months.entries()) {
    const due = `2027-${String(n + 1).padStart(2, '0')}-01T00:00`
    assert.equal(next(`0 0 1 ${month} *`, '2026-12-31T12:00:00Z'), due)
    assert.equal(next(`0 0 1 ${n + 1} *`, '2026-12-31T12:00:00Z'), due)
  }
  const days = 'sun mon tue wed thu fri sat'.split(' ')
  for (const [n, day] of days.entries()) {
    const due = `2026-11-${22 + n}T00:00`
    assert.equal(next(`0 0 * * ${day}`, '2026-11-21T12:00:00Z'), due)
    assert.equal(next(`0 0 * * ${n}`, '2026-11-21T12:00:00Z'), due)
  }
})
