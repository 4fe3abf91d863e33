import { basename, dirname, join } from 'node:path'
import { Failure, linesOf } from './program.ts'
import type { Played, Step } from './step.ts'

const widthOfLog = 200
const linesOfLog = 6
/** What fastify says about every request. */
const noise = /"msg":"(incoming request|request completed)"/

/** Tells on standard output what happens, with the time since the start. */
export function openReport() {
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  function say(text: string) {
    print(`${clock(seconds())}  ${text}`)
  }
  return {
    say,
    begins: ({ name, title }: Pick<Step, 'name' | 'title'>) => say(`…     ${name}: ${title}`),
    ends: (played: Played) => say(line(played)),
    table(all: Played[]) {
      print(`\n${all.map(line).join('\n')}`)
    },
    /** Why a step has failed: the ends of the logs. */
    explain({ step, error }: Played & { error: Error }, places: string[]) {
      print(`\n${step.name}: ${error.message}\n${lastLines(error, places)}`)
    },
    /** The last line; true when all have passed. */
    sum(all: Played[], count: number): boolean {
      const passed = all.filter(played => 'told' in played).length
      const words =
        passed === count ? `All ${count} steps passed` : `${passed} of ${count} steps passed`
      print(`\n${words}, in ${Math.round(seconds())} s.`)
      return passed === count
    }
  }
}

function print(text: string) {
  process.stdout.write(`${text}\n`)
}

function line(played: Played) {
  const { name, title } = played.step
  const mark = 'told' in played ? 'pass' : 'FAIL'
  const more = 'told' in played ? played.told : played.error.message
  const time = `${played.seconds.toFixed(1)} s`.padStart(8)
  return `${mark}  ${name.padEnd(9)}${time}  ${title}\n${' '.repeat(25)}${more}`
}

function clock(seconds: number) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

/** The last lines of the log that says why a step has failed, or of those where it played. */
function lastLines(error: Error, places: string[]): string {
  const logs = places.flatMap(place => ['sqsd.log', 'web.stdout.log'].map(log => join(place, log)))
  return (error instanceof Failure ? [error.log] : logs).map(tail).join('')
}

function tail(log: string) {
  const lines = linesOf(log)
    .filter(one => !noise.test(one))
    .slice(-linesOfLog)
  const shown = lines.map(line => `    ${line.slice(0, widthOfLog)}\n`).join('')
  return `  ${basename(dirname(log))}/${basename(log)}\n${shown}`
}
