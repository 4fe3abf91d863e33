import type { Database } from '../database.ts'
import { filesOf } from '../queue/file.ts'
import * as jobs from '../queue/job.ts'
import { follow } from './follow.ts'
import { interrupted } from './interrupted.ts'
import { print, printJson, tell } from './print.ts'
import { harmless } from './text.ts'

const over = ['finished', 'failed', 'discarded', 'cancelled']

type Known = { id: number; token: string; url: string; status: string }

/** Follows a job until it is over, or Ctrl-C; gives 0 only if it has finished. */
export async function waitFor(
  database: Database,
  known: Known,
  { json }: { json?: boolean }
): Promise<number> {
  const ended = await follow({
    look: () => jobs.find(database, known.id),
    isOver: job => !job || over.includes(job.state),
    say: job => (job?.state === 'running' ? `running, ${job.progress} %` : (job?.state ?? '')),
    stop: interrupted()
  })
  if (ended?.seen) return report(ended.seen, known, json)
  if (!ended) tell(`The job goes on: "beanline job ${known.id}" tells how.`)
  return 1
}

function report(job: jobs.Job, known: Known, json = false): number {
  const { state } = job
  const error = job.error?.split('\n')[0] ?? null
  const files = filesOf(job).map(({ name, bytes }) => ({ name, bytes }))
  if (json) printJson({ ...known, state, error, files })
  else if (state === 'finished') print(harmless(`Job ${job.id} is finished: ${namesOf(files)}`))
  else tell(`Job ${job.id} is ${state}${error ? `: ${error}` : '.'}`)
  return state === 'finished' ? 0 : 1
}

const namesOf = (files: { name: string }[]) => files.map(({ name }) => name).join(', ') || 'no file'
