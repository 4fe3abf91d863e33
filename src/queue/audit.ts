import { reasonOf } from '../log.ts'
import type { Services } from '../services.ts'
import { type Action, beginAction, type Details, endAction } from './action.ts'

/** Who does something, and from where. */
export type Person = Pick<Action, 'role' | 'name' | 'address'>

export type About = {
  /** A verb, as in `retry`; the dashboard has what people read for it. */
  action: string
  /** The job it is done to, if it is one. */
  job?: number
  details?: Details
}

/**
 * Does what somebody has asked for, and keeps who it was, from where, and what came of it. The entry is written
 * before, so that nothing is done of which there is no trace; `work` may put into its `details` what it finds, and
 * gives false where there was nothing to do. Rejects as `work` does.
 */
export async function audited<Value>(
  { database, log }: Pick<Services, 'database' | 'log'>,
  person: Person,
  { action, job, details: known }: About,
  work: (details: Details) => Promise<Value>
): Promise<Value> {
  const details: Details = { ...known }
  const entry = { ...person, action, job_id: job ?? null, details }
  const id = await beginAction(database, entry)
  const end = (outcome: 'done' | 'nothing' | 'failed') =>
    endAction(database, id, outcome, details).catch(error =>
      log.error({ err: error, action }, 'the outcome of an action was not noted')
    )
  try {
    const value = await work(details)
    await end(value === false ? 'nothing' : 'done')
    return value
  } catch (error) {
    details['error'] = reasonOf(error as Error)
      .split('\n')[0]
      ?.slice(0, 200)
    await end('failed')
    throw error
  }
}
