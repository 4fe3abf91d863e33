import type { Breach, Verdict } from './judge.ts'
import type { Played } from './perform.ts'

const heads = [
  'scenario',
  'seed',
  'jobs',
  'refused',
  'lost',
  'twice',
  'wrong',
  'mail',
  'crash',
  'double',
  'doubt',
  'retried'
]
const laterHeads = ['attempts', 'failed', 'recovery', 'takes']

/** The table of all that was played. */
export function tableOf(all: Played[]): string {
  const rows = [[...heads, ...laterHeads], ...all.map(rowOf)]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const lines = rows.map(row => row.map((cell, column) => pad(cell, column, widths)).join('  '))
  return `${lines.join('\n')}\n${legend}`
}

const legend = `
  refused                   orders that never got a 202, and were promised nothing
  lost, twice, wrong, mail  promises that were broken, in jobs (mail: missing, wrong, or doubled unknown to the ledger)
  crash                     processes that ended though nobody had told them to
  double, doubt             mails that came twice; and those of which the ledger says that nobody knows (as many or more)
  retried                   how often the operator had a failed job done again, and its mail sent: no double mail
  failed                    jobs that failed for a reason that the scenario allows
  recovery                  seconds from the end of the last fault until every job was over
`

function pad(cell: string, column: number, widths: number[] = []) {
  const width = widths[column] ?? 0
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

function rowOf(played: Played): string[] {
  const { scenario, seed, jobs, doubleMails, ambiguous, retried, attempts } = played
  const { recoverySeconds, seconds, refused } = played
  const mails = [doubleMails, ambiguous, retried]
  const counts = [seed, jobs, refused, ...countsOf(played), ...mails, attempts].map(String)
  const recovery = recoverySeconds === undefined ? 'never' : `${recoverySeconds.toFixed(0)} s`
  return [scenario.name, ...counts, failures(played), recovery, `${seconds.toFixed(0)} s`]
}

function countsOf({ breaches }: Verdict) {
  const count = (promise: Breach['promise']) =>
    breaches.filter(breach => breach.promise === promise).length
  return [count('lost'), count('twice'), count('wrong'), count('mail'), count('crash')]
}

function failures({ failed }: Verdict) {
  return (
    Object.entries(failed)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', ') || '0'
  )
}

/** The breaches of a scenario: each sort of them once, with the first job and how many there are. */
export function explain({ breaches }: Verdict): string {
  const sorts = Map.groupBy(
    breaches,
    ({ promise, how }) => `${promise} ${how.replace(/\d+/g, '0')}`
  )
  return [...sorts.values()]
    .map(([first, ...others]) => {
      const more = others.length > 0 ? `, and ${others.length} more like it` : ''
      return `  ${first?.promise}: ${first?.order} ${first?.how}${more}\n`
    })
    .join('')
}
