import { setTimeout as wait } from 'node:timers/promises'
import { durationText } from '../explain/duration.ts'
import { nearest } from '../near.ts'
import { audited } from '../queue/audit.ts'
import { now } from '../queue/clock.ts'
import type { Line } from '../queue/perform.ts'
import { type Periodic, timeByHand } from '../queue/periodic.ts'
import type { Key } from '../queue/run.ts'
import { findTick, type Noted } from '../queue/tick-log.ts'
import { WrongUsage } from './command.ts'
import { interrupted } from './interrupted.ts'
import { withLine } from './line.ts'
import { personOf } from './person.ts'
import type { Place } from './place.ts'
import { print, printJson, tell } from './print.ts'
import { openProgress } from './progress.ts'
import { harmless } from './text.ts'
import { tickJson } from './tick-json.ts'

const pauseMilliseconds = 500

/** Sends a tick of a task, and waits for what becomes of it; gives 0 only if it was done. */
export async function runByHand(
  schedule: Periodic[],
  task: string,
  values: Place & { as?: string; json?: boolean }
): Promise<number> {
  const entry = entryOf(schedule, task)
  const person = personOf(values)
  const stop = interrupted()
  return await withLine(values, async line => {
    const at = timeByHand(now(line.database))
    const about = { action: 'run-now', details: { task, for: at.toISOString() } }
    await audited(line, person, about, () => line.queue.sendTick(entry, at))
    const tick = await follow(line, { task, scheduled_at: at.getTime() }, stop)
    if (!tick) return 1
    if (values.json) printJson({ task, ...tickJson(tick) })
    else report(task, tick)
    return tick.state === 'done' ? 0 : 1
  })
}

function entryOf(schedule: Periodic[], task: string): Periodic {
  const known = schedule.map(one => one.task)
  const entry = schedule.find(one => one.task === task)
  if (entry) return entry
  const near = nearest(task, known)
  const guess = near ? `did you mean "${near}"?` : `it has ${known.join(', ')}.`
  throw new WrongUsage(`cron.yaml has no task "${task}": ${guess}`)
}

/** The tick once it is over; nothing after Ctrl-C. */
async function follow({ database }: Line, key: Key, stop: AbortSignal): Promise<Noted | undefined> {
  const progress = openProgress()
  for (;;) {
    const tick = await findTick(database, key)
    const isOver = tick && tick.state !== 'running'
    if (isOver || stop.aborted) {
      progress.end()
      if (!isOver)
        tell(`The tick stays on the queue: "beanline periodic" tells what becomes of it.`)
      return isOver ? tick : undefined
    }
    progress.show(tick ? 'running' : 'on the queue, until sqsd of a worker takes it')
    await wait(pauseMilliseconds, undefined, { signal: stop }).catch(() => {})
  }
}

function report(task: string, { state, began_at, ended_at, result }: Noted) {
  const took = ended_at === null ? '' : ` after ${durationText(ended_at - began_at, 'en')}`
  const text = `${task} is ${state}${took}: ${result ?? ''}`
  if (state === 'done') print(harmless(text))
  else tell(text)
}
