import { availableParallelism } from 'node:os'
import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { allFonts } from './font/fonts.ts'

/** What a module's `draw` returns. `warnings` are sentences for the person who asked for the document. */
export type Drawing = { bytes: Uint8Array; pages: number; warnings: string[] }

/** How far a drawing is, 0 to 100. */
export type Progress = (percent: number) => void

/** What `draw` is handed beside its input. */
export type Desk = { progress: Progress }

type Wishes = {
  signal?: AbortSignal
  timeoutSeconds?: number
  progress?: Progress
  /** What of the input is handed over, not copied. */
  transfer?: ArrayBuffer[]
}

/**
 * What the JavaScript of one thread may hold: the largest invoice passes with 64 MB. Node grants a full
 * heap 16 MB more, to end the thread in; a young generation that could fill those at one stroke would
 * take the whole process down.
 */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

let pool: Piscina | undefined

/**
 * Draws a document in a thread of its own: calls `draw(input, { progress })` of the module, with a copy of
 * `input`; what it passes to `progress` comes here while it works, and nothing of it after the end.
 * Rejects when the signal is aborted or the time is up (waiting for a thread counts), which ends
 * the thread, whatever it is doing; the pool goes on with a fresh one.
 */
export async function renderDocument<Result extends Drawing = Drawing>(
  module: URL,
  input: unknown,
  { signal, timeoutSeconds = 60, progress = () => {}, transfer = [] }: Wishes = {}
): Promise<Result> {
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000)
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline
  const { port1: here, port2: port } = new MessageChannel()
  here.on('message', progress)
  try {
    const task = { module: module.href, input, port }
    return await openPool().run(task, { signal: either, transferList: [port, ...transfer] })
  } catch (error) {
    signal?.throwIfAborted()
    if (deadline.aborted) throw new Error(tooSlow(timeoutSeconds), { cause: error })
    if (isOutOfMemory(error)) throw new Error(tooLarge, { cause: error })
    throw error
  } finally {
    here.off('message', progress)
    here.close()
  }
}

/** Ends all threads; a document that is being drawn is given up. The next one opens a new pool. */
export async function closePool(): Promise<void> {
  const closing = pool
  pool = undefined
  await closing?.destroy()
}

/**
 * Idle threads do not keep the process alive. Their number is fixed, because piscina replaces a thread
 * that died only below `minThreads`: documents that wait for one could wait for ever.
 */
function openPool(): Piscina {
  const threads = availableParallelism()
  pool ??= new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits,
    // Read once for all threads, which share their memory.
    workerData: allFonts()
  })
  return pool
}

function tooSlow(seconds: number) {
  return `The document was not drawn within ${seconds} seconds: make it smaller, or try again when the machine is less busy.`
}

const tooLarge = `The document takes more than ${resourceLimits.maxOldGenerationSizeMb} MB of memory to draw: make it smaller.`

function isOutOfMemory(error: unknown) {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
