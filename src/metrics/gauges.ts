import type { Database } from '../database.ts'
import { now, skewSeconds } from '../queue/clock.ts'
import { counts } from '../queue/listing.ts'
import type { Queue } from '../queue/sqs.ts'
import * as standing from '../queue/standing.ts'
import { lastRuns } from '../queue/tick-log.ts'
import { within } from '../within.ts'

export type Source = { database: Database; queue: Queue }
export type Reading = Awaited<ReturnType<typeof readGauges>>

/** Prometheus gives up after 10 s by default. */
const patienceSeconds = 3

/**
 * The line as it stands, from where the overview has it; nothing of the database, or of SQS, where that has not
 * answered in time: what this process has counted must be told all the same.
 */
export async function readGauges(source: Source) {
  const [rows, messages, deadLetters] = await Promise.all([
    answerOf(readRows(source)),
    answerOf(source.queue.counts()),
    answerOf(source.queue.deadLetterDepth())
  ])
  return { rows, messages, deadLetters }
}

async function readRows({ database }: Source) {
  const waiting = await standing.longestWaiting(database)
  return {
    jobs: await counts(database),
    oldestWaitingSeconds: waiting ? (now(database) - waiting.since) / 1000 : 0,
    overdueLeases: await standing.countUnswept(database),
    lastTicks: await lastRuns(database),
    clockSkewSeconds: skewSeconds(database)
  }
}

const answerOf = <Value>(answer: Promise<Value>): Promise<Value | undefined> =>
  within(patienceSeconds, answer).catch(() => undefined)
