import type { Job } from '../src/queue/job.ts'
import type { Fact } from './fact.ts'
import type { Move } from './history.ts'
import type { Instance } from './instance.ts'
import { heldNote } from './note.ts'

/** A promise that was broken: which, and how. */
export type Breach = { promise: keyof typeof promises; order: string; how: string }

export const promises = {
  lost: 'jobs lost',
  twice: 'jobs recorded or finished twice',
  wrong: 'wrong files',
  mail: 'mails missing, wrong, or doubled without a word in the ledger',
  crash: 'processes that ended by themselves'
}

/** Why a job may fail in a scenario: a name for it, and how its error begins. */
export type Allowed = Record<string, RegExp>

export type Verdict = {
  breaches: Breach[]
  /** How many jobs failed for each reason that is allowed. */
  failed: Record<string, number>
  /** Mails beyond the first of each person and those that the operator decided on, all of which the ledger knew of. */
  doubleMails: number
  /** How often the operator had a failed job done again, and its mail sent. */
  retried: number
  ambiguous: number
  attempts: number
  /** Orders that never got a 202, however often they were tried. */
  refused: number
}

/** Whatever goes wrong around a process, it goes on: where one dies, its work waits for a lease. */
export function crashed(instances: Pick<Instance, 'name' | 'crashes'>[]): Breach[] {
  return instances.flatMap(({ name, crashes }) =>
    crashes.map(ending => ({
      promise: 'crash' as const,
      order: name,
      how: `ended by itself (${ending})`
    }))
  )
}

/** What the facts say about the promises. */
export function judge(facts: Fact[], allowed: Allowed): Verdict {
  const breaches = facts.flatMap(fact =>
    [...lost(fact, allowed), ...twice(fact), ...wrong(fact), ...mail(fact)].map(breach => ({
      ...breach,
      order: `${fact.order.number} (job ${fact.rows[0]?.id ?? 'none'})`
    }))
  )
  const failed: Record<string, number> = {}
  for (const { rows } of facts) {
    const reason = rows[0]?.state === 'failed' && reasonFor(rows[0].error, allowed)
    if (reason) failed[reason] = (failed[reason] ?? 0) + 1
  }
  const sum = (count: (fact: Fact) => number) =>
    facts.reduce((total, fact) => total + count(fact), 0)
  return {
    breaches,
    failed,
    doubleMails: sum(doublesOf),
    retried: sum(({ moves }) => retriesIn(moves)),
    ambiguous: sum(({ ambiguous }) => ambiguous),
    refused: sum(({ order }) => Number(!order.accepted)),
    attempts: sum(({ moves }) => moves.filter(({ became }) => became === 'running').length)
  }
}

type Found = Omit<Breach, 'order'>[]

/** Accepted means: finished in the end, or failed for a reason that is known and allowed. */
function lost({ order, rows }: Fact, allowed: Allowed): Found {
  const [row] = rows
  // Whoever heard of no 202 was promised nothing; but what was recorded all the same must come to its end.
  if (!row && !order.accepted) return []
  if (!row) return [{ promise: 'lost', how: 'accepted, and there is no row' }]
  if (row.state === 'finished') return []
  if (row.state === 'failed' && reasonFor(row.error, allowed)) return []
  return [{ promise: 'lost', how: `is ${row.state}: ${row.error?.split('\n')[0] ?? 'no error'}` }]
}

function reasonFor(error: string | null, allowed: Allowed) {
  return Object.keys(allowed).find(name => allowed[name]?.test(error ?? ''))
}

function twice({ order, rows, moves, said }: Fact): Found {
  const how = (sentence: string) => ({ promise: 'twice' as const, how: sentence })
  const found: Found = []
  const ends = moves.filter(({ became }) => became === 'finished').length
  if (rows.length > 1) found.push(how(`has ${rows.length} rows`))
  if (order.accepted && rows[0] && order.accepted.id !== rows[0].id)
    found.push(how(`was accepted as job ${order.accepted.id}`))
  if (ends !== Number(rows[0]?.state === 'finished'))
    found.push(how(`is ${rows[0]?.state}, and was finished ${ends} times`))
  if (said > 1) found.push(how(`was said to be finished ${said} times`))
  if (moves.some(({ was }) => was === 'finished')) found.push(how('went on after its end'))
  return found
}

function wrong({ fileTrouble }: Fact): Found {
  return fileTrouble ? [{ promise: 'wrong', how: fileTrouble }] : []
}

/**
 * One mail each. More only where the ledger has counted them and the person is told; of a kind that has its doubts
 * held, where the operator has decided so.
 */
function mail(fact: Fact): Found {
  const { rows, mails, ambiguous } = fact
  const [row] = rows
  const how = (sentence: string) => [{ promise: 'mail' as const, how: sentence }]
  if (row?.state === 'finished' && mails.length === 0) return how('finished, and there is no mail')
  if (row?.state === 'finished' && !mails.some(({ id }) => id === receiptOf(row)))
    return how('finished, and its receipt is of no mail that it got')
  if (row && mails.some(({ text }) => !text.includes(row.token))) return how('got another’s mail')
  if (mails.length > 1 + ambiguous)
    return how(`${mails.length} mails, of which the ledger doubts ${ambiguous}`)
  if (row?.kind === heldNote.name) return held(fact).flatMap(how)
  const isTold = row?.state !== 'finished' || row.warnings !== '[]'
  return mails.length > 1 && !isTold ? how('two mails, and the person is not told') : []
}

/** What is wrong with one that no worker may decide on: each doubt fails the job, and is counted. */
function held({ moves, mails, ambiguous }: Fact): string[] {
  const retries = retriesIn(moves)
  const holds = moves.filter(({ became }) => became === 'failed').length
  if (mails.length > 1 + retries)
    return [`${mails.length} mails, though the operator had it done again ${retries} times`]
  return holds > ambiguous ? [`was held ${holds} times, and the ledger doubts ${ambiguous}`] : []
}

function retriesIn(moves: Move[]) {
  return moves.filter(({ was, became }) => was === 'failed' && became === 'waiting').length
}

/** What the operator has decided on is no double mail; of another kind nobody asks him. */
function doublesOf({ rows, mails, moves }: Fact) {
  const decided = rows[0]?.kind === heldNote.name ? retriesIn(moves) : 0
  return Math.max(0, mails.length - 1 - decided)
}

function receiptOf({ receipts }: Job): string | undefined {
  return JSON.parse(receipts ?? '{}').mail?.messageId
}
