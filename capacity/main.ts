import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { daySeconds, makeDay } from './day.ts'
import { helpText, readSettings, type Settings } from './option.ts'
import { plot } from './plot.ts'
import { openRandom } from './random.ts'
import { type Declared, readDeclared } from './rule.ts'
import { simulate } from './simulate.ts'
import { tableOf } from './table.ts'

const repository = join(import.meta.dirname, '..')

/** `npm run capacity`: a day of the worker tier, on paper. */
function run(settings: Settings) {
  const rule: Declared = { ...readDeclared(settings.root ?? repository), ...givenOf(settings) }
  if (rule.maxSize < rule.minSize)
    throw new Error(
      `At most ${rule.maxSize} instances, but at least ${rule.minSize}: raise --max-size.`
    )
  const jobs = makeDay(settings, openRandom(settings.seed))
  const fleet = { ...settings, httpConnections: rule.httpConnections }
  const outcome = simulate(jobs, fleet, rule, daySeconds)
  // The plot first: where it can't be kept, a table would only hide that.
  const file = settings.out ?? join(repository, 'docs/scaling.svg')
  keep(file, plot(outcome, rule, settings.burstAt))
  process.stdout.write(tableOf(outcome, rule))
  process.stdout.write(`Plot: ${relative('.', file)}\n`)
}

function keep(file: string, svg: string) {
  try {
    writeFileSync(file, svg)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const advice = 'name a file in a folder that is there and may be written to'
    throw new Error(`The plot can't go to ${file} (${code}): ${advice}.`, { cause: error })
  }
}

function givenOf({ targetValue, warmupSeconds, minSize, maxSize, httpConnections }: Settings) {
  const given = { targetValue, warmupSeconds, minSize, maxSize, httpConnections }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

// Who reads no more, as head does, has what it wants.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  const settings = readSettings(process.argv.slice(2))
  if (settings === 'help') process.stdout.write(helpText())
  else run(settings)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
