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
  const content = (task ?? {}) as Record<string, unknown>
  const name = readString(content, 'name', place)
  const where = `${place} (${name})`
  const url = readString(content, 'url', where)
  const schedule = readString(content, 'schedule', where)
  if (/\p{Cc}/u.test(name)) throw new Error(`${where}: the name must be a single line.`)
  if (!/^\/[\x21-\x7e]*$/.test(url))
    throw new Error(`${where}: the url must begin with "/" and hold no spaces; percent-encode it.`)
  if (hasIgnoredField(schedule))
    log('schedule-parser', `${where}: the sixth field of the schedule is ignored.`)
  return { name, url, schedule: readSchedule(schedule, where) }
}

function readString(content: Record<string, unknown>, key: string, where: string): string {
  const value = content[key]
  if (value === undefined || value === null || value === '')
    throw new Error(`${where}: "${key}" is missing.`)
  if (typeof value !== 'string') throw new Error(`${where}: "${key}" must be a text, in quotes.`)
  return value
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
