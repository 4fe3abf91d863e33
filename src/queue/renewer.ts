import { Worker } from 'node:worker_threads'
import type { FastifyBaseLogger } from 'fastify'
import type { DatabaseConfig } from '../config.ts'
import type { Hold } from './hold.ts'

/** Renews the leases of a process; `keep` gives what lets go of one again. */
export type Renewer = { keep(hold: Hold): () => void; close(): Promise<void> }

/** To the thread: a lease to renew from now on, or no more. */
export type Order = { keep: [number, Hold] } | { release: number }
/** From the thread: a line for the log. */
export type Complaint = { facts: object; text: string }

const program = new URL('./renewer-thread.ts', import.meta.url)
const restartMilliseconds = 1000

/**
 * Opens a thread with a database connection of its own that renews all leases of this process, so that work
 * that blocks the event loop does not lose its job. It dies with the process, and a job is renewed no longer
 * than its work may take, so one that hangs is given to another worker all the same.
 */
export function openRenewer(config: DatabaseConfig, log: FastifyBaseLogger): Renewer {
  const holds = new Map<number, Hold>()
  let last = 0
  let isClosed = false
  let thread = start()

  function start() {
    const { DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD, DATABASE_TLS } = config
    const place = { DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD, DATABASE_TLS }
    const begun = new Worker(program, { workerData: { place, holds: [...holds] } })
    begun.unref()
    begun.on('message', ({ facts, text }: Complaint) => log.warn(facts, text))
    begun.on('error', err => log.error({ err }, 'renewer of leases died; another one starts'))
    begun.on('exit', () => {
      if (!isClosed) setTimeout(restart, restartMilliseconds).unref()
    })
    return begun
  }

  function restart() {
    if (!isClosed) thread = start()
  }

  return {
    keep(hold) {
      last += 1
      const number = last
      holds.set(number, hold)
      thread.postMessage({ keep: [number, hold] } satisfies Order)
      return () => {
        holds.delete(number)
        thread.postMessage({ release: number } satisfies Order)
      }
    },
    async close() {
      isClosed = true
      await thread.terminate()
    }
  }
}
