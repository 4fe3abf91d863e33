import { parse } from 'yaml'
import type { Log } from './log.ts'
import { hasIgnoredField, nextTick, parseSchedule, type Schedule } from './schedule.ts'

/** A periodic task of cron.yaml. */
export type Task = { name: string; url: string; schedule: Schedule }

/** Reads cron.yaml. Throws a sentence that names the file and, where there is one, the task. */
export function readCronFile(text: string, file: string, log: Log): Task[] {
  const content = parseYaml(text, file)
  if (content === null || content === undefined) throw new Error(`${file} is empty.`)
  const { version, cron } = content as { version?: unknown; cron?: unknown }
  if (version !== 1)
    throw new Error(`${file}: the version must be the number 1 (version: 1), without quotes.`)
  if (!Array.isArray(cron)) throw new Error(`${file}: "cron" must be a list of tasks.`)
  const tasks = cron.map((task, index) => readTask(task, `${file}, task ${index + 1}`, log))
  const names = tasks.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new Error(`${file}: two tasks are named "${twice}"; give each its own name.`)
  log('schedule-parser', `Successfully loaded ${tasks.length} scheduled tasks from ${file}.`)
  return tasks
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const { message } = error as Error
    throw new Error(`${file} is no valid YAML; put schedules in quotes. ${message}`, {
      cause: error
    })
  }
}

function readTask(task: unknown, place: string, log: Log): Task {
  const { name, url, schedule } = (task ?? {}) as Record<string, unknown>
  for (const [key, value] of Object.entries({ name, url, schedule }))
    if (typeof value !== 'string' || value === '') throw new Error(`${place}: "${key}" is missing.`)
  const where = `${place} (${name})`
  if (!String(url).startsWith('/')) throw new Error(`${where}: the url must begin with "/".`)
  if (hasIgnoredField(String(schedule)))
    log('schedule-parser', `${where}: the sixth field of the schedule is ignored.`)
  return { name: String(name), url: String(url), schedule: readSchedule(String(schedule), where) }
}

function readSchedule(text: string, where: string): Schedule {
  try {
    const schedule = parseSchedule(text)
    if (nextTick(schedule, new Date())) return schedule
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error })
  }
  throw new Error(`${where}: the schedule "${text}" has no day on which it is ever due.`)
}
