import { setImmediate } from 'node:timers/promises'
import { audited } from '../queue/audit.ts'
import { doPortion, type Progress } from '../queue/bulk.ts'
import { type Decision, decisionsIn } from '../queue/decision.ts'
import type { Filter } from '../queue/filter.ts'
import { counts } from '../queue/listing.ts'
import type { State } from '../queue/state.ts'
import { type Acting, done, type Wish } from './acting.ts'
import { WrongUsage } from './command.ts'
import { confirm } from './confirm.ts'
import { interrupted } from './interrupted.ts'
import { print, printJson } from './print.ts'
import { openProgress } from './progress.ts'
import { search } from './search.ts'
import { filterOf } from './wanted.ts'

/** As much of a search is counted before anybody is asked. */
const mostCountedOfSearch = 1000

/** All jobs of a filter, portion by portion, after a question; Ctrl-C ends it between two portions. */
export async function decideAll(acting: Acting, { values }: Wish): Promise<number> {
  const { line, person, decision } = acting
  const survey = await look(acting, values)
  const { filter, count, newest } = survey
  if (newest === undefined) return report(values, decision, { done: 0, moved: 0 })
  await confirm(`${questions[decision]} ${count} ${nameOf(filter)}?`, values.yes ?? false)
  const stop = interrupted()
  const bar = openProgress()
  let progress: Progress = { done: 0, moved: 0, before: newest + 1 }
  while (progress.before !== undefined && !stop.aborted) {
    const before = progress
    const about = { action: `${decision}-all`, details: { list: addressOf(values) } }
    progress = await audited(line, person, about, async details => {
      const after = await doPortion(line, decision, filter, before)
      Object.assign(details, { done: after.done - before.done, moved: after.moved - before.moved })
      return after
    })
    bar.show(`${progress.done} of ${count}`)
    // SQLite answers at once, so no turn of the event loop would come in which a signal is heard.
    await setImmediate()
  }
  bar.end()
  return report(values, decision, progress)
}

const questions: Record<Decision, string> = { retry: 'Retry', discard: 'Discard', cancel: 'Cancel' }

type Survey = { filter: Filter; count: string; newest: number | undefined }

/** What is to be done with how many; those that are recorded after this are left alone. */
async function look({ line, decision }: Acting, values: Wish['values']): Promise<Survey> {
  const wanted = filterOf({ ...values, state: values.state ?? onlyState(decision) })
  const { state } = wanted
  if (!state || !decisionsIn[state]?.includes(decision))
    throw new WrongUsage(`Say of which state: --state ${statesFor(decision).join(', --state ')}.`)
  const isSearch = values.search !== undefined
  const most = isSearch ? mostCountedOfSearch : 1
  const { filter, found } = await search(line.database, wanted, values.search, { most })
  const newest = found.jobs[0]?.id ?? found.reached
  if (!isSearch) {
    const count = (await counts(line.database, filter))[state] ?? 0
    return { filter, count: count > 10_000 ? 'more than 10000' : String(count), newest }
  }
  const atLeast = found.reached === undefined ? '' : 'at least '
  return { filter, count: `${atLeast}${found.jobs.length}`, newest }
}

const statesFor = (decision: Decision) =>
  (Object.keys(decisionsIn) as State[]).filter(state => decisionsIn[state]?.includes(decision))

/** Nothing where there is a choice. */
function onlyState(decision: Decision): State | undefined {
  const [state, ...more] = statesFor(decision)
  return more.length === 0 ? state : undefined
}

function nameOf({ state, kind, key, words }: Filter): string {
  const ofKind = kind ? ` of kind ${kind}` : ''
  const found = key ? `, found by "${key}"` : words ? `, with the words "${words}"` : ''
  return `${state} jobs${ofKind}${found}`
}

/** The list on the dashboard that has the same jobs, as its own entries in the audit log have it. */
function addressOf({ state, kind, search: q }: Wish['values']) {
  const given = Object.entries({ state, kind, q }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]]
  )
  return `/dashboard/jobs/?${new URLSearchParams(Object.fromEntries(given))}`
}

function report({ json }: Wish['values'], decision: Decision, progress: Progress): number {
  const { done: count, moved, before } = progress
  const isThrough = before === undefined
  if (json) printJson({ done: count, moved, stopped: !isThrough })
  else {
    const others = moved > 0 ? ` ${moved} had moved on and were left alone.` : ''
    const stopped = isThrough ? '' : ' Stopped; what is done stays done. The same command goes on.'
    print(`${count} ${count === 1 ? 'job is' : 'jobs are'} ${done[decision]}.${others}${stopped}`)
  }
  return isThrough ? 0 : 1
}
