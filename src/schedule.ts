import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Periodic } from './queue/periodic.ts'
import { readCronFile } from './sqsd/cron-file.ts'
import { nextTick } from './sqsd/schedule.ts'

const cronFile = join(import.meta.dirname, '../cron.yaml')

/** The tasks of cron.yaml, the same file that sqsd reads; none where it did not come along. */
export function readSchedule(file = cronFile): Periodic[] {
  if (!existsSync(file)) return []
  const tasks = readCronFile(readFileSync(file, 'utf8'), file, () => {})
  return tasks.map(({ name, url, schedule, written }) => ({
    ...{ task: basename(url), name, path: url, written, times: schedule },
    next: after => nextTick(schedule, after)
  }))
}
