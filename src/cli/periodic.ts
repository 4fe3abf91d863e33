import { durationText } from '../explain/duration.ts'
import { iso } from '../iso-time.ts'
import { now } from '../queue/clock.ts'
import { listTicks, type Noted } from '../queue/tick-log.ts'
import { readSchedule } from '../schedule.ts'
import { as, defineCommand, json, local, utc, WrongUsage } from './command.ts'
import { withDatabase } from './line.ts'
import { runByHand } from './periodic-run.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'
import { tickJson } from './tick-json.ts'
import { type Clock, clockOf } from './time.ts'

export const periodic = defineCommand({
  usage: '[run TASK] [options]',
  about: `Shows the tasks of cron.yaml: when each is due next, and what became of its last tick. A tick is a message that
sqsd of the leader sends, and any worker takes; where none comes, docs/operator.md says what to look at. "run" sends one
now, beside those of cron.yaml, and waits for what became of it.`,
  options: { ...as, ...utc, ...json, ...local },
  examples: [
    ['beanline periodic', 'whether the sweep has run in the last minute'],
    ['beanline periodic run prune --as hanako', 'takes away now what tonight would be taken away'],
    [
      'beanline periodic --json | jq \'.tasks[] | select(.last.state == "failed")\'',
      'the tasks that failed'
    ]
  ],
  async run({ words: [verb, task, ...more], values }) {
    const schedule = readSchedule()
    if (verb === 'run' && task && more.length === 0) return await runByHand(schedule, task, values)
    if (verb !== undefined)
      throw new WrongUsage('Say nothing more, or which task: beanline periodic run sweep.')
    return await withDatabase(values, async database => {
      const time = now(database)
      const rows: Row[] = []
      for (const { task, next } of schedule) {
        const [last] = await listTicks(database, task, {}, 1)
        rows.push({ task, next: next(new Date(time))?.getTime() ?? null, last })
      }
      return values.json
        ? printJson({ tasks: rows.map(toJson) })
        : print(draw(rows, clockOf(values)))
    })
  }
})

type Row = { task: string; next: number | null; last: Noted | undefined }

function draw(rows: Row[], clock: Clock): string {
  const heads = ['TASK', `NEXT (${clock.zone})`, `LAST (${clock.zone})`, 'STATE', 'TOOK', 'RESULT']
  const cells = rows.map(({ task, next, last }) => [
    task,
    clock.at(next),
    clock.at(last?.scheduled_at ?? null),
    last?.state ?? 'never',
    last?.ended_at ? durationText(last.ended_at - last.began_at, 'en') : '-',
    last?.result ?? ''
  ])
  return table(heads, cells)
}

function toJson({ task, next, last }: Row) {
  return { task, nextAt: iso(next), last: last ? tickJson(last) : null }
}
