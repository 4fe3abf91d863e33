import { describe, mock, type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { eventually } from '../../test/engine.ts'
import { hurry } from '../../test/hurry.ts'
import { openQueue } from '../../test/sqsd.ts'
import { alone } from './registry.ts'
import { parseSchedule } from './schedule.ts'
import { startTicking } from './tick.ts'

const minute = 60_000

// Timers take a fourth of their time: five seconds to the next try, four until an answer is given up.
hurry({ mock }, milliseconds => milliseconds / 4)

describe('a tick that fails', { concurrency: 3 }, () => {
  test('case 34: a tick that SQS refuses is sent again', async t => {
    const line = await openTick(t)
    line.refuse('SendMessage', { status: 403, name: 'AccessDenied' })
    await line.logged(/failed to send message for job sweep: AccessDenied/)
    await line.logged(/task sweep sent for/)
  })

  test('case 34: a tick that SQS does not answer is given up and sent again', async t => {
    const line = await openTick(t)
    line.refuse('SendMessage', 'silence')
    await line.logged(/failed to send message for job sweep: /)
    await line.logged(/task sweep sent for/)
  })

  test('a registry that fails once is asked again', async t => {
    let asked = 0
    const missed = Date.now() - 2 * minute
    const line = await openTick(t, async () => {
      asked += 1
      if (asked === 1) throw new Error('gone')
      return missed
    })
    await line.logged(/scheduler: task sweep: gone/)
    await line.logged(/task sweep sent for/)
  })
})

/** A task of every minute that was missed just now, by the real clock. */
async function openTick(t: TestContext, tickedUntil?: () => Promise<number>) {
  // Said once: an answer that moved on with the clock would deal with the tick by itself.
  const missed = Date.now() - 2 * minute
  const registry = { ...alone, tickedUntil: tickedUntil ?? (async () => missed) }
  const queue = await openQueue(t)
  const lines: string[] = []
  const task = { name: 'sweep', url: '/cron/sweep', schedule: parseSchedule('* * * * *') }
  const log = (category: string, text: string) => lines.push(`${category}: ${text}`)
  // Begins in the next turn, so that the test can have a call refused first.
  const ticking = setImmediate().then(() => startTicking([task], { ...queue, log }, registry))
  t.after(async () => (await ticking).stop())
  const logged = (pattern: RegExp) => eventually(() => lines.find(line => pattern.test(line)))
  return { ...queue, logged }
}
