import { createHash } from 'node:crypto'
import { mailAgain } from '../jobs/mail-again/job.ts'
import { expiresAt, isOpen } from '../link.ts'
import { type Enqueued, enqueue } from '../queue/enqueue.ts'
import { findByKeys } from '../queue/find-by-keys.ts'
import type { Job } from '../queue/job.ts'
import { readOrder } from '../queue/order.ts'
import type { Line } from '../queue/perform.ts'
import { dateText } from './date-text.ts'

/** How often the mail about one job is sent again. */
const most = 3
const pauseSeconds = 60

/** Whether the mail can be sent again: now, in a minute, or never more. */
export type Chance = 'now' | 'soon' | 'never'

/** The jobs that send the mail about this one again, the first first. */
export async function mailsAgain({ database }: Line, job: Job): Promise<Job[]> {
  return await findByKeys(database, keysOf(job))
}

export function chanceOf(again: Job[]): Chance {
  if (again.length >= most) return 'never'
  const last = again.at(-1)
  return last && last.waiting_at + pauseSeconds * 1000 > Date.now() ? 'soon' : 'now'
}

/**
 * Orders the same link for the same address. It is a job of its own, since only a worker may send mail: the effect
 * ledger sees to it that it goes once. The number in its key makes one of two that are asked for at once.
 */
export async function sendAgain(line: Line, job: Job): Promise<Enqueued | undefined> {
  const again = await mailsAgain(line, job)
  const until = expiresAt(line.config, job)
  const key = keysOf(job)[again.length]
  const isRight = chanceOf(again) === 'now' && job.state === 'finished' && isOpen(line.config, job)
  if (!isRight || !key || !until) return undefined
  const { token, email, language, file_name: name } = job
  const input = { token, name, until: dateText(until, language), email, language }
  const reading = await readOrder(mailAgain, input, line.storage)
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems))
  return await enqueue(line, reading.order, key)
}

function keysOf({ token }: Job): string[] {
  return Array.from({ length: most }, (_, index) =>
    createHash('sha256').update(`mail again ${token} ${index}`).digest('hex')
  )
}
