import type { Knex } from 'knex'
import type { Database } from '../database.ts'
import { rowOf } from './change.ts'
import { now } from './clock.ts'
import { gatherFor } from './gather.ts'
import type { Job } from './job.ts'
import { repeated } from './statement.ts'
import { appended, lineOf } from './timeline.ts'

/** A job, its message, and in how many seconds that becomes visible. */
export type Sent = { job: Job; messageId: string; delaySeconds: number }

/**
 * Remembers the message that carries the job, and when it becomes visible. A job that has moved on
 * since (its attempt may be faster than the answer of SQS) keeps what the attempt has written. Those of
 * the same moment share a statement.
 */
export async function sent(database: Database, job: Job, messageId: string, delaySeconds = 0) {
  await note(database, { job, messageId, delaySeconds })
}

const mostNotes = 50
/** Nobody waits for a note, so they may as well go together. */
const pauseMilliseconds = 10
const note = gatherFor(allSent, mostNotes, pauseMilliseconds)

/** The same for several, in one statement; gives their ids. */
export async function allSent(database: Database, few: Sent[]): Promise<number[]> {
  const perJob = (value: (sent: Sent) => string | number) => {
    const cases = few.map(() => 'WHEN ? THEN ?').join(' ')
    return database.raw(
      `CASE id ${cases} END`,
      few.flatMap(sent => [sent.job.id, value(sent)])
    )
  }
  const visibleAt = ({ delaySeconds }: Sent) => now(database) + delaySeconds * 1000
  const columns = {
    sqs_message_id: perJob(({ messageId }) => messageId),
    queued_at: perJob(visibleAt),
    timeline: appended(database, perJob(lineOfSent(now(database))))
  }
  const rows = (row: Knex.QueryBuilder) => {
    for (const { job } of few) row.orWhere({ id: job.id, fencing_token: job.fencing_token })
  }
  await repeated(() => database('jobs').where(rows).update(columns))
  return few.map(({ job }) => job.id)
}

function lineOfSent(at: number) {
  return ({ messageId, delaySeconds }: Sent) =>
    lineOf({
      ...{ at, what: 'sent', message: messageId },
      ...(delaySeconds > 0 && { until: at + delaySeconds * 1000 })
    })
}

/**
 * Of many sweeps that want to send a job, exactly one may. Until it has, the job has no message; one that loses
 * the answer leaves it to the next sweep.
 */
export async function take(database: Database, job: Job): Promise<boolean> {
  const untaken = () => rowOf(database, job, [job.state]).where({ queued_at: job.queued_at })
  const columns = { queued_at: now(database), sqs_message_id: null }
  return (await repeated(() => untaken().update(columns))) === 1
}

/** A job that could not begin yet waits on, until `runAt`; its message is used up. */
export async function putOff(database: Database, job: Job, runAt: number) {
  const line = lineOf({ at: now(database), what: 'put off', until: runAt })
  const columns = { ...unsent(runAt), timeline: appended(database, line) }
  const row = () => rowOf(database, job, [job.state]).update(columns)
  return (await repeated(row)) === 1
}

/** A job whose next message is still to be sent, for `runAt`. */
export function unsent(runAt: number) {
  return { run_at: runAt, queued_at: runAt, sqs_message_id: null }
}
