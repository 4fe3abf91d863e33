import { audited, type Person } from '../queue/audit.ts'
import {
  deadLetterOf,
  findDeadLetter,
  type ListedLetter,
  listDeadLetters
} from '../queue/letter-list.ts'
import type { Line } from '../queue/perform.ts'
import { redriveSome } from '../queue/redrive.ts'
import { findJob } from './find-job.ts'
import { print, printJson, tell } from './print.ts'

export type By = { line: Line; person: Person }
type Values = { json?: boolean }

/** The dead letters of jobs, or with the ids of messages, one after the other; all must be there first. */
export async function redriveEach({ line, person }: By, words: string[], { json }: Values) {
  const letters: ListedLetter[] = []
  for (const typed of new Set(words)) letters.push(await letterOf(line, typed))
  const results: { job: number; done: boolean }[] = []
  for (const letter of letters) {
    const job = Number(letter.job_id)
    const about = { action: 'redrive', job, details: { message: letter.message_id } }
    const act = async () => (await redriveSome(line, [letter])).done > 0
    const done = await audited(line, person, about, act)
    results.push({ job, done })
    if (!json && done) print(`Job ${job} is sent back to the queue.`)
    if (!json && !done) tell(`Job ${job} has moved on. Nothing was changed.`)
  }
  if (json) printJson({ jobs: results })
  return results.every(({ done }) => done) ? 0 : 1
}

async function letterOf({ database }: Line, typed: string): Promise<ListedLetter> {
  const isMessage = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(typed)
  const letter = isMessage
    ? await findDeadLetter(database, typed)
    : await deadLetterOf(database, await findJob(database, typed))
  if (letter?.job) return letter
  const hint =
    '"beanline dead-letters look" looks for it; "beanline retry" is for jobs that failed without one.'
  throw new Error(
    letter
      ? `The message ${typed} carries no job of ours: there is nothing to send back.`
      : `No dead letter is known of ${typed}: ${hint}`
  )
}

/** Some of a group at once. */
export async function redriveFew(
  { line, person }: By,
  group: string,
  count: number,
  { json }: Values
): Promise<number> {
  const letters = await listDeadLetters(line.database, { fingerprint: group }, count)
  const { kind, sentence } = firstOf(letters, group)
  const about = { action: 'redrive-some', details: { fingerprint: group, kind, sentence } }
  const acted = await audited(line, person, about, async details => {
    const some = await redriveSome(line, letters)
    Object.assign(details, some)
    return some
  })
  if (json) return printJson(acted)
  const others = acted.moved > 0 ? ` ${acted.moved} had moved on and were left alone.` : ''
  return print(`Sent back to the queue: ${acted.done}.${others}`)
}

/** Throws where the group has no letters of jobs. */
export function firstOf([first]: ListedLetter[], group: string): ListedLetter {
  if (!first)
    throw new Error(`There is no group ${group} any more: "beanline dead-letters" lists all.`)
  if (!first.job)
    throw new Error('These messages carry no job of ours: there is nothing to send back.')
  return first
}
