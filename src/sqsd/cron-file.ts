import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import type { Log } from './log.ts'
import { hasIgnoredField, nextTick, parseSchedule, type Schedule } from './schedule.ts'

/** A periodic task of cron.yaml. */
export type Task = { name: string; url: string; schedule: Schedule }

/** What stands in the file, for sentences that name the place. */
type Source = { file: string; lines: LineCounter; log: Log }

/** Reads cron.yaml. Throws a sentence that names the file, the line and the field. */
export function readCronFile(text: string, file: string, log: Log): Task[] {
  const source: Source = { file, lines: new LineCounter(), log }
  const root = parse(text, source)
  if (!isMap(root)) throw wrong(source, root, 'write "version: 1" and a list "cron".')
  if (root.get('version') !== 1)
    throw wrong(source, root, 'the version must be the number 1 (version: 1), without quotes.')
  const list = root.get('cron')
  if (!isSeq(list)) throw wrong(source, root, '"cron" must be a list of tasks.')
  const tasks: Task[] = []
  for (const item of list.items as Node[]) tasks.push(readTask(item, tasks, source))
  log('schedule-parser', `Successfully loaded ${tasks.length} scheduled tasks from ${file}.`)
  return tasks
}

function parse(text: string, source: Source) {
  const document = parseDocument(text, { lineCounter: source.lines })
  const [error] = document.errors
  const hint = 'this is no valid YAML; put schedules in quotes.'
  if (error) throw wrong(source, error.pos[0], `${hint} ${error.message}`)
  if (document.contents === null) throw new Error(`${source.file} is empty.`)
  try {
    document.toJS()
  } catch (error) {
    throw new Error(`${source.file}: ${hint} ${(error as Error).message}`, { cause: error })
  }
  return document.contents as Node
}

function readTask(item: Node, others: Task[], source: Source): Task {
  if (!isMap(item)) throw wrong(source, item, 'a task has a name, a url and a schedule.')
  const name = readString(item, 'name', source)
  const url = readString(item, 'url', source)
  const schedule = readString(item, 'schedule', source)
  if (/\p{Cc}/u.test(name.value)) throw name.wrong('it must be a single line.')
  if (others.some(task => task.name === name.value))
    throw name.wrong('another task has this name; give each its own.')
  if (!/^\/[\x21-\x7e]*$/.test(url.value))
    throw url.wrong('it must begin with "/" and hold no spaces; percent-encode it.')
  if (hasIgnoredField(schedule.value))
    source.log('schedule-parser', schedule.wrong('the sixth field is ignored.').message)
  return { name: name.value, url: url.value, schedule: readSchedule(schedule) }
}

type Field = { value: string; wrong(sentence: string, cause?: unknown): Error }

function readString(item: YAMLMap, key: string, source: Source): Field {
  const name = item.get('name')
  const what = typeof name === 'string' && key !== 'name' ? `${key} of "${name}"` : key
  const node = item.get(key, true)
  const complain = (sentence: string, cause?: unknown) =>
    wrong(source, node ?? item, `${what}: ${sentence}`, cause)
  const value = isScalar(node) ? node.value : node
  if (value === undefined || value === null || value === '') throw complain('it is missing.')
  if (typeof value !== 'string') throw complain('it must be a text, in quotes.')
  return { value, wrong: complain }
}

function readSchedule({ value, wrong }: Field): Schedule {
  try {
    const schedule = parseSchedule(value)
    if (nextTick(schedule, new Date())) return schedule
  } catch (error) {
    throw wrong((error as Error).message, error)
  }
  throw wrong(`"${value}" has no day on which it is ever due.`)
}

function wrong({ file, lines }: Source, place: unknown, sentence: string, cause?: unknown) {
  const node = place as { range?: number[] | null } | null
  const offset = typeof place === 'number' ? place : (node?.range?.[0] ?? 0)
  return new Error(`${file}:${lines.linePos(offset).line}: ${sentence}`, { cause })
}
