import { parentPort, workerData } from 'node:worker_threads'
import type { DatabaseConfig } from '../config.ts'
import { openDatabase } from '../database.ts'
import { watchClock } from './clock.ts'
import { type Hold, keepRenewed } from './hold.ts'
import type { Complaint, Order } from './renewer.ts'

const { place, holds } = workerData as { place: DatabaseConfig; holds: [number, Hold][] }
const database = openDatabase(place)
const stops = new Map<number, () => void>()

function warn(facts: object, text: string) {
  parentPort?.postMessage({ facts, text } satisfies Complaint)
}

function keep([number, hold]: [number, Hold]) {
  stops.set(number, keepRenewed(database, hold, warn))
}

watchClock(database, warn)
holds.forEach(keep)
parentPort?.on('message', (order: Order) => {
  if ('keep' in order) return keep(order.keep)
  stops.get(order.release)?.()
  stops.delete(order.release)
})
