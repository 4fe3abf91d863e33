import { readFileSync } from 'node:fs'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

/**
 * Loaded before a tier and each of its threads (`node --import`): on SIGUSR2 their clock is as many
 * milliseconds off as the file named by `CHAOS_CLOCK` says, for all of them at once, as the clock of a
 * machine is. Timers go by the monotonic clock, as on a machine whose time is set.
 */
const shared = 'chaos clock'
if (isMainThread) setEnvironmentData(shared, new BigInt64Array(new SharedArrayBuffer(8)))
const offset = getEnvironmentData(shared) as unknown as BigInt64Array<SharedArrayBuffer>
const now = Date.now
const shiftedNow = () => now() + Number(Atomics.load(offset, 0))

class ShiftedDate extends Date {
  // biome-ignore lint/suspicious/noExplicitAny: Date has no signature that covers all its constructors.
  constructor(...given: any[]) {
    super(...((given.length === 0 ? [shiftedNow()] : given) as [number]))
  }

  static override now() {
    return shiftedNow()
  }
}

globalThis.Date = ShiftedDate as DateConstructor

if (isMainThread)
  process.on('SIGUSR2', () => {
    const milliseconds = readFileSync(String(process.env['CHAOS_CLOCK']), 'utf8')
    Atomics.store(offset, 0, BigInt(milliseconds))
  })
