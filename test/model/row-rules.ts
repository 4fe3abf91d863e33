import { leaseSeconds, mostDeaths } from '../../src/queue/job.ts'
import { moves, type State } from '../../src/queue/state.ts'
import { readTimeline } from '../../src/queue/timeline.ts'
import type { Role } from './boundary.ts'
import type { Change, Row } from './history.ts'
import { deadlineOf } from './kind.ts'
import { isClaim, type Memory } from './memory.ts'

type Update = Change & { before: Row }
export type Rule<Fact> = (fact: Fact, memory: Memory) => boolean

/** The diagram of docs/states.md, written down once more. */
const diagram: Record<State, State[]> = {
  waiting: ['running', 'failed', 'cancelled'],
  running: ['running', 'finished', 'retrying', 'failed', 'cancelled'],
  retrying: ['running', 'failed', 'cancelled'],
  failed: ['waiting', 'discarded'],
  finished: [],
  discarded: [],
  cancelled: []
}

/** Into which states each sort of process brings a job. */
const powers: Record<Role, State[]> = {
  web: [],
  worker: ['running', 'finished', 'retrying', 'failed'],
  sweep: ['retrying', 'failed'],
  'dead-letter': ['failed'],
  operator: ['waiting', 'discarded', 'cancelled'],
  restart: []
}

/** What holds of each change of a job's row, by the promise that it keeps. */
export const rowRules: Record<string, Rule<Update>> = {
  'a state changes only as in docs/states.md': ({ before, after }) =>
    before.state === after.state || diagram[before.state].includes(after.state),

  'a process changes only what is its own to change': ({ program, before, after }) =>
    before.state === after.state || powers[program.role].includes(after.state),

  'a job that is over changes no more': ({ before, after }) =>
    diagram[before.state].length > 0 || isSame({ ...before, ...messageOf(after) }, after),

  'the fencing token grows by one with each attempt and each order to retry, and with nothing else':
    change => {
      const { before, after } = change
      const isBegun = before.state !== 'running' && after.state === 'running'
      const isBack = before.state === 'failed' && after.state === 'waiting'
      const isNext = isBegun || isBack || isClaim(change)
      return after.fencing_token - before.fencing_token === Number(isNext)
    },

  'a lease that is alive is not taken over': change => !isClaim(change) || isFree(change.before),

  'an attempt that is alive is not ended by the sweep': ({ program, before, after }) =>
    program.role !== 'sweep' || before.state === after.state || isFree(before),

  'a job has a lease while it runs, and only then': ({ after }) =>
    (after.state === 'running') === (after.lease_until !== null),

  'a stale attempt changes nothing': (change, memory) => {
    const { program, before } = change
    if (program.role !== 'worker' || before.state !== 'running' || isClaim(change)) return true
    const own = memory.claimOf(program)
    return own?.id === before.id && own.token === before.fencing_token
  },

  'an attempt lets go of its job only when its receipt is written': (change, memory) => {
    const { program, before, after } = change
    const isLeft = before.state === 'running' && after.state !== 'running'
    if (program.role !== 'worker' || !isLeft || !memory.mailedAt.has(program)) return true
    return after.state === 'finished' || memory.entries.get(after.id)?.done_at != null
  },

  'a job finishes with the receipt of its mail': ({ before, after }) =>
    before.state === after.state || after.state !== 'finished' || messageIdOf(after) !== undefined,

  'no attempt begins before it is due, but where there is room for one that was put off': (
    change,
    { putOff }
  ) => {
    const { id, run_at } = change.before
    return !isClaim(change) || (run_at ?? 0) <= Date.now() || putOff.get(id) === run_at
  },

  'no attempt begins after the deadline of its job': change =>
    !isClaim(change) || claimedAt(change.after) <= deadlineOf(change.after),

  'no attempt is put back for a time after the deadline of its job': ({ before, after }) =>
    before.state !== 'running' ||
    after.state !== 'retrying' ||
    after.queued_at <= deadlineOf(after),

  'a job fails for its deadline only when that is over, or its next attempt would come after it': ({
    program,
    before,
    after
  }) => {
    if (before.state === after.state || !isTooLate(after)) return true
    const isDecided = program.role === 'worker' && before.state === 'running'
    return Date.now() > deadlineOf(after) || (isDecided && after.kind === 'urgent')
  },

  'an order to retry begins the time of a job anew': ({ before, after }) =>
    before.state === 'failed' && after.state === 'waiting'
      ? after.retried_at === after.queued_at
      : after.retried_at === before.retried_at,

  'each attempt is counted once, and one that is no failure is taken back': change => {
    const { before, after } = change
    const more = after.attempts - before.attempts
    if (after.state === 'waiting' && before.state === 'failed') return after.attempts === 0
    if (before.state === 'running' && after.state === 'retrying') return more === 0 || more === -1
    return more === Number(isClaim(change))
  },

  'each worker that died at a job is counted once': change => {
    const { before, after } = change
    if (after.state === 'waiting' && before.state === 'failed') return after.deaths === 0
    const isDead = before.state === 'running' && (isClaim(change) || endedBySweep(change))
    return after.deaths - before.deaths === Number(isDead)
  },

  'what has killed three workers is not begun again': change =>
    !isClaim(change) || change.after.deaths < mostDeaths,

  'of many sweeps one sends a job, and only when it is due': ({ program, before, after }) => {
    const isTaken = program.role === 'sweep' && before.state === after.state
    if (!isTaken || after.sqs_message_id !== null) return true
    return after.queued_at - before.queued_at > 5000 && (before.run_at ?? 0) <= Date.now()
  },

  'a job remembers messages of its own only': ({ after }, { sqs }) =>
    after.sqs_message_id === null ||
    sqs.everSent.get(after.sqs_message_id) === JSON.stringify({ job: after.id }),

  'a message that is noted late changes no job that has moved on': ({ program, before }) =>
    program.role !== 'web' || before.fencing_token === 0,

  'a job is buried only with its own message': ({ program, before }, { sqs }) =>
    program.role !== 'dead-letter' || sqs.dead.some(({ id }) => id === before.sqs_message_id),

  'a failed job says why': ({ after }) => after.state !== 'failed' || Boolean(after.error),

  'the timeline tells of each move once, and forgets none': change => {
    const { before, after } = change
    const more = after.timeline?.slice(before.timeline?.length ?? 0) ?? ''
    const told = readTimeline(more).flatMap(({ what }) => movesTo[what] ?? [])
    const isMoved = before.state !== after.state || isClaim(change)
    const isKept = `${before.timeline ?? ''}${more}` === (after.timeline ?? '')
    return isKept && told.join() === (isMoved ? after.state : '')
  }
}

const movesTo: Partial<Record<string, State>> = moves
const claimedAt = ({ lease_until }: Row) => (lease_until ?? 0) - leaseSeconds * 1000

/** Whether a job has failed for its deadline, as the operator reads it. */
export function isTooLate({ state, error }: Row) {
  return state === 'failed' && /^The job has run out of time/.test(error ?? '')
}

function isFree({ lease_until }: Row) {
  return lease_until === null || lease_until <= Date.now()
}

function endedBySweep({ program, before, after }: Update) {
  return program.role === 'sweep' && before.state !== after.state
}

/** Under which id SES has taken the mail, as the row tells. */
export function messageIdOf({ receipts }: Row): string | undefined {
  return JSON.parse(receipts ?? '{}').mail?.messageId
}

/** A message that was sent late may still be noted. */
function messageOf({ sqs_message_id, queued_at, timeline }: Row) {
  return { sqs_message_id, queued_at, timeline }
}

export function isSame(one: object, other: object) {
  return JSON.stringify(one) === JSON.stringify(other)
}
