import type { State } from '../../src/queue/state.ts'
import type { Row } from './history.ts'
import { deadlineOf, mostAttempts } from './kind.ts'
import { isBeat, isStatement } from './line.ts'
import type { Answer, Memory } from './memory.ts'
import { isTooLate, type Rule } from './row-rules.ts'
import { maxReceives } from './servers.ts'

/** Into which state a delivery has brought the job when it ends with each of the outcomes. */
const endings: Record<string, State> = {
  finished: 'finished',
  'gave up': 'failed',
  failed: 'failed',
  overdue: 'failed',
  retry: 'retrying',
  'retry later': 'retrying',
  'handed back': 'retrying',
  begun: 'running'
}
const over: State[] = ['finished', 'cancelled', 'discarded']

/** What holds of each answer to sqsd, by the promise that it keeps. */
export const answerRules: Record<string, Rule<Answer>> = {
  'an answer tells what has become of the job': ({ program, outcome }, memory) => {
    if (outcome instanceof Error) return true
    const states = changedStates(memory, program)
    if (outcome === 'full') return memory.madeBy(program).some(({ after }) => after.run_at)
    if (outcome === 'busy' && isUncertain(memory, program)) return true
    const ending = endings[outcome]
    return ending ? states.includes(ending) : states.every(state => state === 'running')
  },

  'a delivery ends with an error only when the database fails': ({ program, outcome }) =>
    !(outcome instanceof Error) || program.troubles.some(({ name }) => isStatement(name)),

  'a message of a job that is over is deleted': ({ delivery, outcome }, memory) => {
    const row = memory.rows.get(delivery.job)
    if (outcome !== 'duplicate' || !row) return outcome !== 'unknown'
    return over.includes(row.state) || isTooLate(row) || row.kind === 'long'
  },

  'the last receive or attempt fails the job instead of trying again': (
    { program, delivery, outcome },
    memory
  ) => {
    const { before, after } = endOf(memory, program) ?? {}
    const isCounted = outcome === 'retry' || after?.attempts === before?.attempts
    return !after || !isCounted || !isLast(after, delivery.receiveCount)
  },

  'an error fails a job only at its last receive or attempt': (
    { program, delivery, outcome },
    memory
  ) => {
    if (outcome !== 'failed') return true
    const { after } = memory.madeBy(program).at(-1) ?? {}
    return after !== undefined && isLast(after, delivery.receiveCount)
  },

  'a kind that declares retries has new messages for them': ({ delivery, outcome }, memory) =>
    outcome !== 'retry' || memory.rows.get(delivery.job)?.kind !== 'declared',

  'a job that is to come later has its time': ({ program, outcome }, memory) =>
    outcome !== 'retry later' || endOf(memory, program)?.after.run_at != null,

  'an attempt ends without its receipt only when it may have lost its lease': (answer, memory) => {
    const { program } = answer
    const { id = 0, token } = memory.claimOf(program) ?? {}
    const entry = memory.entries.get(id)
    const isOpen = entry?.fencing_token === token && entry?.done_at === null
    if (!memory.mailedAt.has(program) || !isOpen) return true
    return memory.rows.get(id)?.state === 'finished' || mayHaveLost(answer, memory)
  },

  'an attempt that is handed back is not counted': ({ program, outcome }, memory) => {
    if (outcome !== 'handed back') return true
    const { before, after } = endOf(memory, program) ?? {}
    return before?.attempts === (after?.attempts ?? 0) + 1
  }
}

/** How long a statement is insisted on, and the shortest time that an attempt may take, in milliseconds. */
const [insistFor, attemptFor] = [30_000, 600_000]

/** As far as it is told from outside; a beat whose answer was lost leaves the attempt in the dark. */
function mayHaveLost({ program, outcome }: Answer, memory: Memory) {
  const { id = 0, token = 0, at = 0 } = memory.claimOf(program) ?? {}
  const row = memory.rows.get(id)
  const { state, fencing_token, lease_until } = row ?? {}
  const isHeld = state === 'running' && fencing_token === token && (lease_until ?? 0) > Date.now()
  const isLate =
    Date.now() - (memory.mailedAt.get(program) ?? 0) >= insistFor ||
    Date.now() - at >= attemptFor ||
    (row !== undefined && Date.now() > deadlineOf(row))
  const isBlind = program.troubles.some(({ name }) => isBeat(name))
  return outcome instanceof Error && (!isHeld || isLate || isBlind || program.isStopping)
}

/**
 * An attempt that has lost the answer by which it lets go of its job, and finds the job changed, calls itself
 * stale: its message comes again, which does no harm. That it has finished the job it must know.
 */
function isUncertain(memory: Memory, program: Answer['program']) {
  const isLost = program.troubles.some(
    ({ name, fate }) => isStatement(name) && fate === 'lose the answer of'
  )
  return isLost && !changedStates(memory, program).includes('finished')
}

function isLast({ kind, attempts }: Row, receives: number) {
  return kind === 'declared'
    ? attempts >= mostAttempts
    : Math.max(attempts, receives) >= maxReceives
}

/** The change by which an attempt has left its job to another one. */
function endOf(memory: Memory, program: Answer['program']) {
  return memory
    .madeBy(program)
    .find(({ before, after }) => before?.state === 'running' && after.state === 'retrying')
}

function changedStates(memory: Memory, program: Answer['program']) {
  return memory
    .madeBy(program)
    .filter(
      ({ before, after }) =>
        before?.fencing_token !== after.fencing_token || before.state !== after.state
    )
    .map(({ after: { state } }) => state)
}

/** sqsd deletes a message on 200 and on nothing else: the table of docs/states.md. */
export function isDeleted(outcome: Answer['outcome']) {
  const kept = ['busy', 'retry', 'handed back', 'failed', 'unknown']
  return !(outcome instanceof Error) && !kept.includes(outcome)
}
