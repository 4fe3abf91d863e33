import { setTimeout } from 'node:timers/promises'
import type { Stage } from './stage.ts'

const everyMilliseconds = 5000
const patienceMilliseconds = 4000

/**
 * Time in small: brings ticks of cron.yaml to the workers as sqsd does, but every five seconds instead of
 * every minute or five, to one worker after the other. Never rejects, and ends with the signal.
 */
export async function hurry({ workers }: Pick<Stage, 'workers'>, signal: AbortSignal) {
  for (let round = 0; !signal.aborted; round += 1) {
    const scheduledAt = `${new Date().toISOString().slice(0, 19)}Z`
    const { url } = workers[round % 2] as (typeof workers)[0]
    const ticks = ['sweep', 'dead-letter'].map(task => tick(url, task, scheduledAt, signal))
    // A worker that is away answers nobody; the next tick is for the other one.
    await Promise.allSettled(ticks)
    await setTimeout(everyMilliseconds, undefined, { signal }).catch(() => {})
  }
}

async function tick(url: string, task: string, scheduledAt: string, signal: AbortSignal) {
  const headers = {
    'user-agent': 'aws-sqsd/3.0.5',
    'content-type': 'application/json',
    'x-aws-sqsd-taskname': task,
    'x-aws-sqsd-scheduled-at': scheduledAt
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)])
  await fetch(`${url}/cron/${task}`, { method: 'POST', headers, signal: limit })
}
