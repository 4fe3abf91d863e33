import type { Invoice } from '../../src/invoice/schema.ts'
import invoice from '../invoice.json' with { type: 'json' }
import { median } from '../median.ts'
import type { Maker } from './maker.ts'
import type { Run } from './one-page.ts'

/** A process that lets one maker draw the sample, and tells its parent how long that took. */
const warmUpMilliseconds = 1500
const milliseconds = 2500

// Ends with its parent, however that ends.
process.on('disconnect', () => process.exit())

const { open } = await import(`./makers/${process.argv[2]}.ts`)
const make: Maker = await open(invoice as Invoice)
const startedAt = performance.now()
const { length: bytes } = await make('2026-1123')
const first = performance.now() - startedAt
await times('A', warmUpMilliseconds)
const before = process.cpuUsage()
const taken = await times('B', milliseconds)
const { user, system } = process.cpuUsage(before)
process.send?.({
  perSecond: (taken.length * 1e6) / (user + system),
  median: median(taken),
  first,
  bytes
} satisfies Run)

/** How long each document took, for so long. */
async function times(series: string, milliseconds: number) {
  const taken: number[] = []
  const end = performance.now() + milliseconds
  for (let before = performance.now(); before < end; ) {
    await make(`${series}-${taken.length}`)
    const after = performance.now()
    taken.push(after - before)
    before = after
  }
  return taken
}
