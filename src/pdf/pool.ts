import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'

/** A finished document. */
export type Rendered = { bytes: Uint8Array; warnings: string[] }

/** How long a document may take, in milliseconds. */
const deadline = 60_000

let pool: Piscina | undefined

/**
 * Draws a document in a worker thread, so that the event loop stays free: calls `draw(input)` of the
 * module. Rejects when that throws, when the signal is aborted, or after 60 s.
 */
export async function renderDocument(
  module: URL,
  input: unknown,
  signal: AbortSignal
): Promise<Rendered> {
  pool ??= new Piscina({
    filename: new URL('thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: 60_000
  })
  const limit = AbortSignal.any([signal, AbortSignal.timeout(deadline)])
  try {
    return await pool.run({ module: module.href, input }, { signal: limit })
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error
    const message = `The document was not ready after ${deadline / 1000} s; make it shorter.`
    throw new Error(message, { cause: error })
  }
}

/** Ends the threads. */
export async function closePool() {
  const open = pool
  pool = undefined
  await open?.destroy()
}
