import { Worker } from 'node:worker_threads'
import { lookAt, openSlot } from './slot.ts'
import type { Order, Word } from './thread.ts'

export type Finding = { reason: string; input: Buffer; number?: number }
export type Outcome = { done: number; slowest: number; seconds: number; finding?: Finding }

type Wishes = Omit<Order, 'slot'> & {
  /** How long one input may take. */
  secondsEach?: number
  tell?(done: number): void
}

/**
 * Gives inputs to a target in a thread of its own, until one breaks a promise. This side is the
 * watchdog: a thread that hangs can't say so.
 */
export async function run({ secondsEach = 10, tell, ...order }: Wishes): Promise<Outcome> {
  const slot = openSlot()
  const began = performance.now()
  const outcome: Outcome = { done: 0, slowest: 0, seconds: 0 }
  const workerData: Order = { ...order, slot }
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData })
  const ended = new Promise(resolve => worker.once('exit', resolve))
  const stopWith = (finding: Finding) => {
    clearInterval(watchdog)
    outcome.finding ??= finding
    void worker.terminate()
  }
  const watchdog = setInterval(() => {
    const at = lookAt(slot)
    if (at && at.since > secondsEach * 1000)
      stopWith({ reason: `did not end within ${secondsEach} s`, input: at.input })
  }, 100)
  worker.on('message', (word: Word) => {
    if ('reason' in word) outcome.finding ??= { ...word, input: Buffer.from(word.input) }
    else {
      Object.assign(outcome, { done: word.done, slowest: word.slowest })
      tell?.(word.done)
    }
  })
  // What is thrown outside of any call, by a timer or a socket, ends the thread.
  worker.on('error', error => {
    const input = lookAt(slot)?.input ?? Buffer.alloc(0)
    stopWith({ reason: `crashed: ${error instanceof Error ? error.stack : error}`, input })
  })
  await ended
  clearInterval(watchdog)
  const seconds = (performance.now() - began) / 1000
  if (outcome.done < order.inputs && !outcome.finding)
    outcome.finding = { reason: 'ended the thread', input: Buffer.alloc(0) }
  return { ...outcome, seconds }
}
