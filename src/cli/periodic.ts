import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { durationText } from '../explain/duration.ts'
import { now } from '../queue/clock.ts'
import { type LastTick, lastTick } from '../queue/last-tick.ts'
import { readCronFile } from '../sqsd/cron-file.ts'
import { nextTick } from '../sqsd/schedule.ts'
import { defineCommand, json, local, utc } from './command.ts'
import { withDatabase } from './line.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'
import { type Clock, clockOf, iso } from './time.ts'
import { noWords } from './words.ts'

const file = fileURLToPath(new URL('../../cron.yaml', import.meta.url))

export const periodic = defineCommand({
  usage: '[options]',
  about: `Shows the tasks of cron.yaml: when each is due next, and what became of its last tick. A tick is a message that
sqsd of the leader sends, and any worker takes; where none comes, docs/operator.md says what to look at.`,
  options: { ...utc, ...json, ...local },
  examples: [
    ['beanline periodic', 'whether the sweep has run in the last minute'],
    [
      'beanline periodic --json | jq \'.tasks[] | select(.last.state == "failed")\'',
      'the tasks that failed'
    ]
  ],
  async run({ words, values }) {
    noWords('periodic', words)
    const tasks = readCronFile(readFileSync(file, 'utf8'), file, () => {})
    return await withDatabase(values, async database => {
      const time = now(database)
      const rows: Row[] = []
      for (const { url, schedule } of tasks) {
        const task = basename(url)
        const next = nextTick(schedule, new Date(time))?.getTime() ?? null
        rows.push({ task, next, last: await lastTick(database, task) })
      }
      return values.json
        ? printJson({ tasks: rows.map(toJson) })
        : print(draw(rows, clockOf(values)))
    })
  }
})

type Row = { task: string; next: number | null; last: LastTick | undefined }

function draw(rows: Row[], clock: Clock): string {
  const heads = ['TASK', `NEXT (${clock.zone})`, `LAST (${clock.zone})`, 'STATE', 'TOOK', 'RESULT']
  const cells = rows.map(({ task, next, last }) => [
    task,
    clock.at(next),
    clock.at(last?.scheduled_at ?? null),
    last?.state ?? 'never',
    tookOf(last) === null ? '-' : durationText(Number(tookOf(last)), 'en'),
    last?.result ?? ''
  ])
  return table(heads, cells)
}

function toJson({ task, next, last }: Row) {
  const known = last && {
    ...{ state: last.state, scheduledAt: iso(last.scheduled_at), beganAt: iso(last.began_at) },
    ...{ endedAt: iso(last.ended_at), result: last.result }
  }
  return { task, nextAt: iso(next), last: known ?? null }
}

const tookOf = (last: LastTick | undefined) =>
  last?.ended_at == null ? null : Number(last.ended_at) - Number(last.began_at)
