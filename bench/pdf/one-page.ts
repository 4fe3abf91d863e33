import { join } from 'node:path'
import { atLeast, atMost, type Row } from './goal.ts'
import { makers, type Name } from './maker.ts'
import { ask } from './process.ts'

/**
 * What one run of a maker gives, in a process of its own; times in milliseconds. `perSecond` is by the time of
 * the processor, of all threads: what else the machine does hardly counts.
 */
export type Run = { perSecond: number; median: number; first: number; bytes: number }

const rounds = 3

/** The invoice of one page, by all makers, best of three rounds; prints each, and gives the rows of the table. */
export async function onePage(): Promise<Row[]> {
  const best: Partial<Record<Name, Run>> = {}
  for (let round = 1; round <= rounds; round += 1)
    for (const [name, says] of Object.entries(makers) as [Name, string][]) {
      process.stderr.write(`… invoice of one page, round ${round} of ${rounds}: ${says}\n`)
      best[name] = better(best[name], await run(name))
    }
  const runs = best as Record<Name, Run>
  for (const [name, says] of Object.entries(makers) as [Name, string][]) print(says, runs[name])
  return rowsOf(runs)
}

function rowsOf(runs: Record<Name, Run>): Row[] {
  const ours = runs.beanline
  const times = (name: Name) => ours.perSecond / runs[name].perSecond
  return [
    atLeast('one page, against pdf-lib and fontkit', times('naive'), {
      must: 10,
      aim: 25,
      unit: '×'
    }),
    atLeast('… against PDFKit, fonts kept', times('pdfkit-cached'), { must: 3, aim: 6, unit: '×' }),
    atLeast('… against Typst', times('typst'), { must: 3, aim: 6, unit: '×' }),
    atMost('… median, warm', ours.median, { must: 4, aim: 1.5, unit: 'ms' }),
    atMost('… the first of a process', ours.first, { must: 100, aim: 50, unit: 'ms' }),
    atMost('… size', ours.bytes / 1000, { must: 60, aim: 52, unit: 'KB' })
  ]
}

const run = (name: Name) => ask<Run>(join(import.meta.dirname, 'measure.ts'), [name])

function better(one: Run | undefined, other: Run): Run {
  if (!one) return other
  return {
    perSecond: Math.max(one.perSecond, other.perSecond),
    median: Math.min(one.median, other.median),
    first: Math.min(one.first, other.first),
    bytes: other.bytes
  }
}

function print(says: string, { perSecond, median, first, bytes }: Run) {
  const figures = [
    `${perSecond.toFixed(0).padStart(5)} a second of processor`,
    `median ${median.toFixed(2).padStart(6)} ms`,
    `first ${first.toFixed(0).padStart(4)} ms`,
    `${(bytes / 1000).toFixed(1)} KB`
  ]
  process.stdout.write(`  ${says.padEnd(48)} ${figures.join('   ')}\n`)
}
