import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSchedule } from '../../../sqsd/schedule.ts'
import { scheduleText } from './schedule-text.ts'

const texts: [string, string | undefined, string | undefined][] = [
  ['* * * * *', 'every minute', '毎分'],
  ['*/5 * * * *', 'every 5 minutes', '5分ごと'],
  ['0,30 * * * *', 'every 30 minutes', '30分ごと'],
  ['5 * * * *', 'hourly at :05', '毎時5分'],
  ['@hourly', 'hourly at :00', '毎時0分'],
  ['30 18 * * *', 'daily at 03:30 Japan time', '毎日 03:30（日本時間）'],
  ['0 0,9 * * *', 'daily at 09:00, 18:00 Japan time', '毎日 09:00、18:00（日本時間）'],
  ['0 0 * * mon', 'every Monday at 09:00 Japan time', '毎週月曜 09:00（日本時間）'],
  ['0 20 * * 6', 'every Sunday at 05:00 Japan time', '毎週日曜 05:00（日本時間）'],
  ['0 20 * * sun-thu', 'Monday to Friday at 05:00 Japan time', '月〜金曜 05:00（日本時間）'],
  ['0 3 1,15 * *', 'monthly on day 1, 15 at 12:00 Japan time', '毎月1日・15日 12:00（日本時間）'],
  ['0 15 1 * *', 'monthly on day 2 at 00:00 Japan time', '毎月2日 00:00（日本時間）'],
  // On the first day of the next month, which is day 29, 30, 31 or 32.
  ['0 15 28 * *', undefined, undefined],
  ['0 3,20 * * 1', undefined, undefined],
  ['*/7 * * * *', undefined, undefined],
  ['2,7 * * * *', undefined, undefined],
  ['* 3 * * *', undefined, undefined],
  ['0 0 1 1 *', undefined, undefined],
  ['0 0 1 * 1', undefined, undefined]
]
for (const [schedule, en, ja] of texts)
  test(`the schedule ${schedule} is ${en ?? 'left as it is'}`, () => {
    const times = parseSchedule(schedule)
    assert.equal(scheduleText(times, 'en'), en)
    assert.equal(scheduleText(times, 'ja'), ja)
  })
