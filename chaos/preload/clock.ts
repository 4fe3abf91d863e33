import { readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/**
 * Loaded before a tier (`node --import`): on SIGUSR2 its clock is as many milliseconds off as the file
 * named by `CHAOS_CLOCK` says. Timers go by the monotonic clock, as on a machine whose time is set.
 */
let offset = 0
const now = Date.now

class ShiftedDate extends Date {
  // biome-ignore lint/suspicious/noExplicitAny: Date has no signature that covers all its constructors.
  constructor(...given: any[]) {
    super(...((given.length === 0 ? [now() + offset] : given) as [number]))
  }

  static override now() {
    return now() + offset
  }
}

globalThis.Date = ShiftedDate as DateConstructor

if (isMainThread)
  process.on('SIGUSR2', () => {
    offset = Number(readFileSync(String(process.env['CHAOS_CLOCK']), 'utf8'))
  })
