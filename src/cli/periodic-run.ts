import { durationText } from '../explain/duration.ts'
import { nearest } from '../near.ts'
import { audited } from '../queue/audit.ts'
import { now } from '../queue/clock.ts'
import { type Periodic, timeByHand } from '../queue/periodic.ts'
import { findTick, type Noted } from '../queue/tick-log.ts'
import { WrongUsage } from './command.ts'
import { follow } from './follow.ts'
import { interrupted } from './interrupted.ts'
import { withLine } from './line.ts'
import { personOf } from './person.ts'
import type { Place } from './place.ts'
import { print, printJson, tell } from './print.ts'
import { harmless } from './text.ts'
import { tickJson } from './tick-json.ts'

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
    const ended = await follow({
      look: () => findTick(line.database, { task, scheduled_at: at.getTime() }),
      isOver: tick => tick !== undefined && tick.state !== 'running',
      say: tick => (tick ? 'running' : 'on the queue, until sqsd of a worker takes it'),
      stop
    })
    const tick = ended?.seen
    if (!tick) {
      tell('The tick stays on the queue: "beanline periodic" tells what becomes of it.')
      return 1
    }
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

function report(task: string, { state, began_at, ended_at, result }: Noted) {
  const took = ended_at === null ? '' : ` after ${durationText(ended_at - began_at, 'en')}`
  const text = `${task} is ${state}${took}: ${result ?? ''}`
  if (state === 'done') print(harmless(text))
  else tell(text)
}
