import type { FastifyRequest } from 'fastify'
import { reasonOf } from '../../log.ts'
import { beginAction, type Details, endAction } from '../../queue/action.ts'
import type { Line } from '../../queue/perform.ts'
import { longestName } from './actor.ts'

type About = {
  /** A verb, as in `retry`; `action-names.ts` has what people read for it. */
  action: string
  /** The job it is done to, if it is one. */
  job?: number
  details?: Details
}

/**
 * Does what somebody has asked for on the dashboard, or a program by the API, and keeps who it was, from where, and what came of it. The entry
 * is written before, so that nothing is done of which there is no trace; `work` may put into its `details`
 * what it finds, and gives false where there was nothing to do. Rejects as `work` does.
 */
export async function audit<Value>(
  { database, log }: Line,
  request: FastifyRequest,
  { action, job, details: known }: About,
  work: (details: Details) => Promise<Value>
): Promise<Value> {
  const who = whoSent(request)
  if (!who) throw new Error(`Nobody is in the dashboard who could ${action}.`)
  const details: Details = { ...known }
  const id = await beginAction(database, {
    ...{ ...who, action, job_id: job ?? null },
    // What is forwarded may be anything where no proxy of ours has looked at it.
    address: request.ip.slice(0, 45),
    details
  })
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

/** The name of a key may be longer than that of a person. */
function whoSent({ actor, apiKey }: FastifyRequest) {
  return apiKey ? { role: 'api' as const, name: apiKey.name.slice(0, longestName) } : actor
}
