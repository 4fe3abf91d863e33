import { audited } from '../queue/audit.ts'
import * as decisions from '../queue/decision.ts'
import * as jobs from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import { type Acting, done, fitting, type Wish } from './acting.ts'
import { findJob } from './find-job.ts'
import { print, printJson, tell } from './print.ts'

/** Each gives whether the job was in a state for it. */
const acts: Record<decisions.Decision, (line: Line, job: jobs.Job) => Promise<boolean>> = {
  retry: decisions.sendBack,
  discard: ({ database }, job) => decisions.discard(database, job),
  cancel: ({ database }, job) => decisions.cancel(database, job)
}

/** One after the other, all of which must be there before anything is done; fails if one was in no state for it. */
export async function decideEach(acting: Acting, { words, values }: Wish): Promise<number> {
  const { line, person, decision } = acting
  const found: jobs.Job[] = []
  for (const typed of new Set(words)) found.push(await findJob(line.database, typed))
  const results: { id: number; state: string; done: boolean }[] = []
  for (const job of found) {
    const about = { action: decision, job: job.id }
    const isDone = await audited(line, person, about, () => acts[decision](line, job))
    const after = (await jobs.find(line.database, job.id)) ?? job
    results.push({ id: job.id, state: after.state, done: isDone })
    if (!values.json) say(acting, after, isDone)
  }
  if (values.json) printJson({ jobs: results })
  return results.every(one => one.done) ? 0 : 1
}

function say({ decision }: Acting, { id, state }: jobs.Job, isDone: boolean) {
  if (isDone) print(`Job ${id} is ${done[decision]}.`)
  else tell(`Job ${id} is ${state}: only ${fitting[decision]}. Nothing was changed.`)
}
