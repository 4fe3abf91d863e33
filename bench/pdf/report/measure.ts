import { blocksOf } from './block.ts'
import type { ReportMaker } from './maker.ts'

/** A process that lets one maker draw a report of so many chapters, so many times. */
export type Reported = { milliseconds: number; pages: number; bytes: number; megabytes: number }

process.on('disconnect', () => process.exit())

const [, , name = '', chapters = '', times = ''] = process.argv
const { open } = await import(`./${name}.ts`)
const make: ReportMaker = await open()
const blocks = blocksOf(Number(chapters))
let best = Number.POSITIVE_INFINITY
let last: Awaited<ReturnType<ReportMaker>> = { bytes: new Uint8Array(), pages: 0 }
for (let time = 0; time < Number(times); time += 1) {
  const startedAt = performance.now()
  last = await make(blocks)
  best = Math.min(best, performance.now() - startedAt)
}
process.send?.({
  milliseconds: best,
  pages: last.pages,
  bytes: last.bytes.length,
  megabytes: process.resourceUsage().maxRSS / 1024
} satisfies Reported)
