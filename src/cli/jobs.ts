import { iso } from '../iso-time.ts'
import type { Listed } from '../queue/find.ts'
import { painted } from './colour.ts'
import { defineCommand, json, local, utc } from './command.ts'
import { withDatabase } from './line.ts'
import { print, printJson, tell } from './print.ts'
import { search } from './search.ts'
import { table } from './table.ts'
import { type Clock, clockOf } from './time.ts'
import { filterOf, filterOptions, readNumber } from './wanted.ts'
import { noWords } from './words.ts'

const most = 1000

export const jobs = defineCommand({
  usage: '[options]',
  about: `Lists jobs from the newest on. A search looks for the whole of something among all jobs; where that finds
nothing, for words among the newest 200,000, or as many as it can look at in 3 s.`,
  options: {
    ...filterOptions,
    limit: { type: 'string', value: '50', default: '50', help: `how many, at most ${most}` },
    before: { type: 'string', value: 'ID', help: 'only jobs older than this one: the next page' },
    ...utc,
    ...json,
    ...local
  },
  examples: [
    ['beanline jobs --state failed --kind invoice', 'the failed invoices'],
    ['beanline jobs --search INV-2026-0042 --json', 'the job of an invoice, for a program'],
    [
      'beanline jobs --state failed --limit 1000 --json | jq -r ".jobs[].error" | sort | uniq -c',
      'what went wrong, and how often'
    ]
  ],
  async run({ words, values }) {
    noWords('jobs', words)
    const wanted = filterOf(values)
    const limit = readNumber('--limit', values.limit ?? '50', most)
    const before = values.before && readNumber('--before', values.before, Number.MAX_SAFE_INTEGER)
    const { found } = await withDatabase(values, database =>
      search(database, wanted, values.search, { most: limit + 1, before: before || undefined })
    )
    const listed = found.jobs.slice(0, limit)
    const next = found.jobs.length > limit ? listed.at(-1)?.id : found.reached
    if (values.json) return printJson({ jobs: listed.map(toJson), before: next ?? null })
    if (listed.length > 0) print(draw(listed, clockOf(values)))
    const below = rest(listed, found.searched, next)
    if (below) tell(below)
    return 0
  }
})

function draw(listed: Listed[], clock: Clock): string {
  const heads = ['ID', 'KIND', 'STATE', 'ATTEMPTS', `RECORDED (${clock.zone})`, 'ERROR']
  const rows = listed.map(({ id, kind, state, attempts, waiting_at, error }) => [
    ...[String(id), kind, state, String(attempts), clock.at(waiting_at)],
    error?.split('\n')[0] ?? ''
  ])
  return table(heads, rows, painted)
}

/** What is below the list, where there is anything to say. */
function rest(listed: Listed[], searched: number, next: number | undefined): string {
  const count = listed.length === 0 ? 'No jobs.' : ''
  const looked = listed.length === 0 ? `Looked at ${searched}. ` : ''
  const more = next === undefined ? '' : `${looked}Older ones: --before ${next}`
  return [count, more].filter(Boolean).join(' ')
}

function toJson({ id, token, kind, state, attempts, waiting_at, run_at, error }: Listed) {
  const times = { recordedAt: iso(waiting_at), runAt: iso(run_at) }
  return { id, token, kind, state, attempts, ...times, error: error?.split('\n')[0] ?? null }
}
