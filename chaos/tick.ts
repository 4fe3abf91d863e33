import { setTimeout } from 'node:timers/promises'
import type { Stage } from './stage.ts'

const everyMilliseconds = 5000
const patienceMilliseconds = 4000

/**
 * Time in small: brings ticks of cron.yaml to the workers as sqsd does, but every five seconds instead of
 * every minute or five, to one worker after the other. Gives how to stop.
 */
export function hurry({ workers }: Pick<Stage, 'workers'>) {
  const stopping = new AbortController()
  const { signal } = stopping

  async function tick(url: string, task: string, scheduledAt: string) {
    const headers = {
      'user-agent': 'aws-sqsd/3.0.5',
      'content-type': 'application/json',
      'x-aws-sqsd-taskname': task,
      'x-aws-sqsd-scheduled-at': scheduledAt
    }
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)])
    await fetch(`${url}/cron/${task}`, { method: 'POST', headers, signal: limit })
  }

  async function run() {
    for (let round = 0; !signal.aborted; round += 1) {
      const scheduledAt = `${new Date().toISOString().slice(0, 19)}Z`
      const { url } = workers[round % 2] as (typeof workers)[0]
      const tasks = ['sweep', 'dead-letter'].map(task => tick(url, task, scheduledAt))
      // A worker that is away answers nobody; the next tick is for the other one.
      await Promise.allSettled(tasks)
      await setTimeout(everyMilliseconds, undefined, { signal }).catch(() => {})
    }
  }

  const ended = run()
  return async () => {
    stopping.abort()
    await ended
  }
}
