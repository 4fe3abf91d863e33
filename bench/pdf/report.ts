import { join } from 'node:path'
import { atLeast, atMost, type Row } from './goal.ts'
import { ask } from './process.ts'
import { type ReportName, reportMakers } from './report/maker.ts'
import type { Reported } from './report/measure.ts'

const chapters = 15
/** Of about 1,000 pages. */
const manyChapters = 175
const rounds = 3
/** Documents in each round, of which the quickest counts. */
const times = 5

/** Reports of about 85 and of about 1,000 pages; prints each, and gives the rows of the table. */
export async function report(): Promise<Row[]> {
  const runs: Partial<Record<ReportName, Reported>> = {}
  for (const [name, says] of Object.entries(reportMakers) as [ReportName, string][])
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`… report, round ${round} of ${rounds}: ${says}\n`)
      const run = await measure(name, chapters)
      if (run.milliseconds < (runs[name]?.milliseconds ?? Number.POSITIVE_INFINITY))
        runs[name] = run
    }
  process.stderr.write('… report of about 1,000 pages: Beanline\n')
  const many = await measure('beanline', manyChapters)
  const found = runs as Record<ReportName, Reported>
  for (const [name, says] of Object.entries(reportMakers) as [ReportName, string][])
    print(says, found[name])
  print('Beanline, a long one', many)
  return rowsOf(found, many)
}

const measure = (name: ReportName, chapters: number) =>
  ask<Reported>(
    join(import.meta.dirname, 'report/measure.ts'),
    [name, String(chapters), String(times)],
    // As a thread of the pool has it; without a limit Node is slow to give memory back.
    name === 'beanline' ? ['--max-old-space-size=256'] : []
  )

function rowsOf(runs: Record<ReportName, Reported>, many: Reported): Row[] {
  const perPage = ({ milliseconds, pages }: Reported) => milliseconds / pages
  const times = (name: ReportName) => perPage(runs[name]) / perPage(runs.beanline)
  const { pages } = runs.beanline
  const thousand = (1000 * perPage(many)) / 1000
  return [
    atLeast(`report of ${pages} pages, a page against pdf-lib and fontkit`, times('naive'), {
      must: 15,
      aim: 30,
      unit: '×'
    }),
    atLeast('… against pdfmake', times('pdfmake'), { must: 8, aim: 12, unit: '×' }),
    atLeast('… against Typst', times('typst'), { must: 2.5, aim: 5, unit: '×' }),
    atMost(`1,000 of ${many.pages} pages`, thousand, { must: 1.5, aim: 0.8, unit: 's' }),
    atMost('… memory of the process', many.megabytes, { must: 500, aim: 500, unit: 'MB' })
  ]
}

function print(says: string, { milliseconds, pages, bytes, megabytes }: Reported) {
  const figures = `${milliseconds.toFixed(0).padStart(6)} ms   ${pages} pages   ${(bytes / 1000).toFixed(0)} KB   ${megabytes.toFixed(0)} MB of memory`
  process.stdout.write(`  ${says.padEnd(48)} ${figures}\n`)
}
