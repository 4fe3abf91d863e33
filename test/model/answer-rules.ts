import type { State } from '../../src/queue/state.ts'
import { isStatement } from './line.ts'
import type { Answer, Memory } from './memory.ts'
import type { Rule } from './row-rules.ts'
import { maxReceives } from './servers.ts'

/** Into which state a delivery has brought the job when it ends with each of the outcomes. */
const endings: Record<string, State> = {
  finished: 'finished',
  'gave up': 'failed',
  failed: 'failed',
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
    const ending = endings[outcome]
    return ending ? states.includes(ending) : states.every(state => state === 'running')
  },

  'a delivery ends with an error only when the database fails': ({ program, outcome }) =>
    !(outcome instanceof Error) || program.troubles.some(isStatement),

  'a message of a job that is over is deleted': ({ delivery, outcome }, memory) => {
    const row = memory.rows.get(delivery.job)
    if (outcome !== 'duplicate' || !row) return outcome !== 'unknown'
    return over.includes(row.state) || row.kind === 'long'
  },

  'the last receive or attempt fails the job instead of trying again': (
    { program, delivery, outcome },
    memory
  ) => {
    if (outcome !== 'retry') return true
    const { attempts } = memory.madeBy(program).at(-1)?.after ?? { attempts: maxReceives }
    return Math.max(attempts, delivery.receiveCount) < maxReceives
  },

  'a job that is to come later has its time': ({ program, outcome }, memory) =>
    outcome !== 'retry later' || endOf(memory, program)?.after.run_at != null,

  'an attempt that is handed back is not counted': ({ program, outcome }, memory) => {
    if (outcome !== 'handed back') return true
    const { before, after } = endOf(memory, program) ?? {}
    return before?.attempts === (after?.attempts ?? 0) + 1
  }
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
