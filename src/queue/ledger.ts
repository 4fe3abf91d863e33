import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { asked, begin, decided, type Effect, takeOver } from './effect.ts'
import type { Job } from './job.ts'
import { GiveUp, RetryLater } from './outcome.ts'
import { differing, type FileReceipt } from './receipt.ts'
import { repeated } from './statement.ts'

/** What can't be taken back: its name in the ledger, and what to do when nobody knows whether it happened. */
export type Step = {
  name: string
  onDoubt: 'repeat' | 'hold'
  doubt(): void
  /** What it tells of, and what is called if an earlier attempt told of other bytes. */
  files: FileReceipt[]
  differ(keys: string[]): void
}

export type Ledger = ReturnType<typeof openLedger>

/**
 * The effects of one attempt that must not happen twice for its job, such as sending its mail; `signal` is that
 * of its lease.
 */
export function openLedger(database: Database, attempt: Job, signal: AbortSignal) {
  const begun = new Map<string, Promise<unknown>>()
  const receipts: Record<string, unknown> = {}
  const unwritten = new Map<string, unknown>()
  let writing: NodeJS.Immediate | undefined
  let isClosed = false

  const insist = { insist: signal }
  const mine = (step: string) => {
    const { id: job_id, fencing_token } = attempt
    return database('effects').where({ job_id, step, fencing_token })
  }

  async function perform<Receipt extends object>(
    step: Step,
    act: () => Promise<Receipt>
  ): Promise<Receipt> {
    if (isClosed) throw tooLate(step)
    const { isNew, earlier } = await enter(database, attempt, step)
    if (earlier) return earlier as Receipt
    if (isClosed) {
      await takeBack(step, isNew)
      throw tooLate(step)
    }
    const receipt = await act().catch(async error => {
      if (error instanceof GiveUp || error instanceof RetryLater) await takeBack(step, isNew)
      throw error
    })
    unwritten.set(step.name, { ...receipt, ...about(step) })
    writing ??= setImmediate(() => write().catch(() => {}))
    return receipt
  }

  async function takeBack({ name }: Step, isNew: boolean) {
    begun.delete(name)
    const entry = () => mine(name)
    const undo = () => (isNew ? entry().delete() : entry().update({ fencing_token: decided }))
    await repeated(undo, insist)
  }

  /** Writes the receipts that nobody has yet; rejects when the database does not take one in time. */
  async function write() {
    clearImmediate(writing)
    writing = undefined
    for (const [name, receipt] of unwritten) {
      const done = { receipt: JSON.stringify(receipt), done_at: now(database) }
      await repeated(() => mine(name).update(done), insist)
      unwritten.delete(name)
    }
  }

  return {
    /**
     * Does `act`, with an entry in the ledger before; the receipt is in the next statement, be it the one that
     * finishes the job, or one of its own. A later attempt finds it and does nothing. If an earlier one died in
     * between, nobody knows whether it happened; that is counted, and by `onDoubt` it is done again, after
     * `doubt` was called, or the job is given up for the operator to decide. Throws when the attempt has
     * lost its job. A `GiveUp` or `RetryLater` of `act` means that nothing happened, so the entry is taken back;
     * one that counts a doubt stays, for the doubt does.
     */
    async once<Receipt extends object>(step: Step, act: () => Promise<Receipt>): Promise<Receipt> {
      const running = begun.get(step.name) ?? perform(step, act)
      begun.set(step.name, running)
      const receipt = await running
      receipts[step.name] = receipt
      return receipt as Receipt
    },
    /**
     * Lets nothing more begin, and waits for what is under way. The attempt is about to let go of its job, and work
     * that has not ended in time may still go on.
     */
    async close() {
      isClosed = true
      await Promise.allSettled(begun.values())
    },
    /** Leaves the receipts to the statement that finishes the job. Without it, `write` them. */
    take(): Record<string, unknown> | undefined {
      clearImmediate(writing)
      writing = undefined
      return Object.keys(receipts).length > 0 ? receipts : undefined
    },
    write
  }
}

/** Whether the entry is new; if not, the receipt of an earlier attempt, or nothing if this one takes over its doubt. */
async function enter(database: Database, attempt: Job, step: Step) {
  const { name, onDoubt, doubt } = step
  if (await begin(database, attempt, name, about(step))) return { isNew: true }
  const entry = { job_id: attempt.id, step: name }
  const before: Effect | undefined = await repeated(() => database('effects').where(entry).first())
  const { files = [], ...receipt } = JSON.parse(before?.receipt ?? '{}')
  const others = differing(files, step.files)
  if (others.length > 0) step.differ(others)
  const isDone = before?.done_at !== null
  const isOpen = !isDone && before?.fencing_token !== decided
  const owner = isOpen && onDoubt === 'hold' ? asked : attempt.fencing_token
  if (!before || !(isDone || (await takeOver(database, attempt, name, owner))))
    throw new Error(`Another attempt holds the job; its ${name} is left to that one.`)
  // With `hold` the operator has found out by then, or has taken it upon himself.
  if (isOpen || (before.ambiguous > 0 && onDoubt === 'repeat')) doubt()
  if (owner === asked)
    throw new GiveUp(
      `Nobody knows whether the ${name} of an earlier attempt went out. Find out. If it did not, retry the job to do it again; if it did, leave the job: its page has the file.`
    )
  return { isNew: false, earlier: isDone ? receipt : undefined }
}

const tooLate = ({ name }: Step) =>
  new Error(`The attempt is over; its ${name} is left to the next one.`)

function about({ files }: Step) {
  return { files: files.map(({ key, sha256 }) => ({ key, sha256 })) }
}
