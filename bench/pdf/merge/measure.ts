/** A process that merges so many rows in one manner, so many times. */
export type Merged = { milliseconds: number; bytes: number; megabytes: number }

process.on('disconnect', () => process.exit())

const [, , manner = '', rows = '', times = ''] = process.argv
const { merge } = await import(`./${manner}.ts`)
let best = Number.POSITIVE_INFINITY
let bytes = 0
for (let time = 0; time < Number(times); time += 1) {
  const startedAt = performance.now()
  bytes = (await merge(Number(rows))).length
  best = Math.min(best, performance.now() - startedAt)
}
const megabytes = process.resourceUsage().maxRSS / 1024
process.send?.({ milliseconds: best, bytes, megabytes } satisfies Merged)
