import { join } from 'node:path'
import { atLeast, atMost, type Row } from './goal.ts'
import type { Merged } from './merge/measure.ts'
import { ask } from './process.ts'

const rounds = 3
/** Of the naive manner; a thousand take half a minute, at the same pace. */
const naiveRows = 100

/** One document of many invoices; prints each manner, and gives the rows of the table. */
export async function merge(): Promise<Row[]> {
  const naive = await best('naive', naiveRows, 1)
  const one = await best('one-thread', 1000, 3)
  const all = await best('one-thread', 10_000, 1)
  const two = await best('two-threads', 10_000, 2)
  const pace = ({ milliseconds }: Merged, rows: number) => (rows * 1000) / milliseconds
  return [
    atLeast('1,000 rows merged, against copied pages', pace(one, 1000) / pace(naive, naiveRows), {
      must: 50,
      aim: 90,
      unit: '×'
    }),
    atLeast('10,000 rows, threads of the pool', pace(two, 10_000), {
      must: 4000,
      aim: 7000,
      unit: 'rows/s'
    }),
    atMost('… memory of the process', two.megabytes, { must: 800, aim: 800, unit: 'MB' }),
    atMost('10,000 rows, time against 1,000', all.milliseconds / one.milliseconds, {
      must: 12,
      aim: 10,
      unit: '×'
    })
  ]
}

async function best(manner: string, rows: number, times: number): Promise<Merged> {
  const runs: Merged[] = []
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`… merge of ${rows} rows, round ${round} of ${rounds}: ${manner}\n`)
    const file = join(import.meta.dirname, 'merge/measure.ts')
    runs.push(await ask<Merged>(file, [manner, String(rows), String(times)]))
  }
  const quickest = runs.reduce((one, other) =>
    other.milliseconds < one.milliseconds ? other : one
  )
  const { milliseconds, bytes, megabytes } = quickest
  const pace = ((rows * 1000) / milliseconds).toFixed(0).padStart(6)
  const says = `${rows.toLocaleString('en')} rows, ${manner}`.padEnd(48)
  process.stdout.write(
    `  ${says} ${pace} rows a second   ${(bytes / rows / 1000).toFixed(2)} KB a row   ${megabytes.toFixed(0)} MB of memory\n`
  )
  return quickest
}
