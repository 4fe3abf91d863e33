import type { Program } from './boundary.ts'
import type { Entry, EntryChange } from './history.ts'
import type { Memory } from './memory.ts'
import { isSame, type Rule } from './row-rules.ts'

/** What the operator's order to retry makes of the token of a doubtful entry. */
const decided = 0
/** What an attempt makes of it that asks the operator first. */
const asked = -1

/** What holds of each change in the effect ledger, by the promise that it keeps. */
export const effectRules: Record<string, Rule<EntryChange>> = {
  'only attempts and the operator write to the ledger': ({ program }) =>
    ['worker', 'operator'].includes(program.role),

  'an effect is claimed only by the attempt that holds the job': (change, memory) => {
    const { program, before, after } = change
    if (program.role !== 'worker' || !after || before?.fencing_token === after.fencing_token)
      return true
    return after.fencing_token === decided || holds(program, after, memory)
  },

  'an attempt ends only the effect that it has begun': ({ program, before, after }, memory) => {
    if (program.role !== 'worker' || !before) return true
    const isEnded = !after || after.done_at !== null || after.fencing_token === decided
    return !isEnded || memory.claimOf(program)?.token === before.fencing_token
  },

  'a receipt stays': ({ before, after }) =>
    before?.done_at == null ||
    (after?.done_at != null && isSame(before, { ...after, done_at: before.done_at })),

  'each doubt is counted once, and stays counted': ({ program, before, after }) => {
    if (!before || !after) return (before ?? after)?.ambiguous === 0
    const isTaken =
      program.role === 'worker' && ![before.fencing_token, decided].includes(after.fencing_token)
    const isDoubtful = isTaken && before.fencing_token > decided && before.done_at === null
    return after.ambiguous - before.ambiguous === Number(isDoubtful)
  },

  'the operator decides only about what he was asked, when the job has failed': (
    { program, before, after },
    { rows }
  ) => {
    if (program.role !== 'operator') return true
    const isFailed = rows.get(before?.job_id ?? 0)?.state === 'failed'
    const isDecided = before?.fencing_token === asked && after?.fencing_token === decided
    return isFailed && isDecided && before.done_at === null
  }
}

/** What holds of each mail that a program has tried to send. */
export const mailRules: Record<string, Rule<Program>> = {
  'a mail is sent only with an entry of its own in the ledger': (program, memory) => {
    const { id = 0, token = 0 } = memory.claimOf(program) ?? {}
    const { fencing_token } = memory.entries.get(id) ?? {}
    // A later attempt, or the operator, may have taken it while this one waited for SES.
    return fencing_token !== undefined && (fencing_token >= token || fencing_token <= decided)
  }
}

function holds(program: Program, { job_id, fencing_token }: Entry, memory: Memory) {
  const row = memory.rows.get(job_id)
  const own = memory.claimOf(program)?.token
  const isOwn = fencing_token === own || fencing_token === asked
  return row?.state === 'running' && row.fencing_token === own && isOwn
}
