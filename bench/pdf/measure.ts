import type { Invoice } from '../../src/invoice/schema.ts'
import invoice from '../invoice.json' with { type: 'json' }
import { median } from '../median.ts'
import type { Maker } from './maker.ts'
import type { Run } from './one-page.ts'

/** A process that lets one maker draw the sample, and tells its parent how long that took. */
const warmUpSeconds = 4
const seconds = 2

// Ends with its parent, however that ends.
process.on('disconnect', () => process.exit())

const { open } = await import(`./makers/${process.argv[2]}.ts`)
const make: Maker = await open(invoice as Invoice)
const startedAt = performance.now()
const { length: bytes } = await make('2026-1123')
const first = performance.now() - startedAt
await times('A', warmUpSeconds)
const { taken, used } = await times('B', seconds)
const perSecond = taken.length / used
process.send?.({ perSecond, median: median(taken), first, bytes } satisfies Run)

/** How long each document took, until so many seconds of the processor are used. */
async function times(series: string, seconds: number) {
  const taken: number[] = []
  const start = process.cpuUsage()
  let used = 0
  while (used < seconds) {
    const before = performance.now()
    await make(`${series}-${taken.length}`)
    taken.push(performance.now() - before)
    const { user, system } = process.cpuUsage(start)
    used = (user + system) / 1e6
  }
  return { taken, used }
}
