import type { State } from '../queue/state.ts'
import { origins } from '../queue/state.ts'
import type { Reading } from './gauges.ts'
import * as meters from './meters.ts'

/** Puts what was read into the gauges; what was not is missing from them, for an old value would look like a new one. */
export function show({ rows, messages, deadLetters }: Reading) {
  meters.databaseUp.set(rows ? 1 : 0)
  meters.queueUp.set(messages ? 1 : 0)
  for (const gauge of missable) gauge.remove()
  for (const gauge of [meters.jobs, meters.lastTick, meters.queueMessages]) gauge.reset()
  if (rows) showRows(rows)
  if (messages) {
    meters.queueMessages.set({ state: 'visible' }, messages.visible)
    meters.queueMessages.set({ state: 'in flight' }, messages.inFlight)
    meters.queueMessages.set({ state: 'delayed' }, messages.delayed)
  }
  if (deadLetters !== undefined) meters.deadLetters.set(deadLetters)
}

const missable = [
  meters.oldestWaitingSeconds,
  meters.overdueLeases,
  meters.clockSkewSeconds,
  meters.deadLetters
]

function showRows(rows: NonNullable<Reading['rows']>) {
  for (const state of Object.keys(origins) as State[])
    meters.jobs.set({ state }, rows.jobs[state] ?? 0)
  for (const { task, began_at } of rows.lastTicks)
    meters.lastTick.set({ task }, Number(began_at) / 1000)
  meters.oldestWaitingSeconds.set(rows.oldestWaitingSeconds)
  meters.overdueLeases.set(rows.overdueLeases)
  meters.clockSkewSeconds.set(rows.clockSkewSeconds)
}
