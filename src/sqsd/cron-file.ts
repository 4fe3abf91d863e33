import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap
} from 'yaml'
import type { Log } from './log.ts'
import { hasIgnoredField, nextTick, parseSchedule, type Schedule } from './schedule.ts'

/** A periodic task of cron.yaml. */
export type Task = { name: string; url: string; schedule: Schedule }
/** The same with its schedule as the file has it. */
export type WrittenTask = Task & { written: string }

/** As much as the registry keeps of a name. */
const longestName = 190

/** What stands in the file, for sentences that name the place, and those of its tasks so far. */
type Source = {
  file: string
  lines: LineCounter
  log: Log
  names: Set<string>
  problems: string[]
}

/** Reads cron.yaml. Throws a sentence for each thing that is wrong, with the file, the line and the field. */
export function readCronFile(text: string, file: string, log: Log): WrittenTask[] {
  const source = { file, lines: new LineCounter(), log, names: new Set<string>(), problems: [] }
  const root = parse(text, source)
  if (!isMap(root)) throw wrong(source, root, 'write "version: 1" and a list "cron".')
  if (root.get('version') !== 1)
    throw wrong(source, root, 'the version must be the number 1 (version: 1), without quotes.')
  const list = root.get('cron')
  if (!isSeq(list)) throw wrong(source, root, '"cron" must be a list of tasks.')
  const tasks = (list.items as Node[]).flatMap(item => readTask(item, source))
  if (source.problems.length > 0) throw new Error(source.problems.join('\n'))
  log('schedule-parser', `Successfully loaded ${tasks.length} scheduled tasks from ${file}.`)
  return tasks
}

function parse(text: string, source: Source) {
  const document = parseDocument(text, { lineCounter: source.lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw wrong(source, error.pos[0], noYaml(error.message, text, error.pos[0]))
  if (document.contents === null) throw new Error(`${source.file} is empty.`)
  try {
    document.toJS()
  } catch (error) {
    const { message } = error as Error
    throw new Error(`${source.file}: ${noYaml(message)}`, { cause: error })
  }
  return document.contents as Node
}

/** A schedule without quotes is the usual mistake: to YAML, `*` is an alias and `@` reserved. */
function noYaml(reason: string, text = '', offset = 0) {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 1)
  const hint = /schedule["']?: *[*@]/.test(line) ? '; put the schedule in quotes' : ''
  return `this is no valid YAML: ${reason}${hint}.`
}

/** The task in a list, or an empty one when something is wrong with it. */
function readTask(item: Node, source: Source): WrittenTask[] {
  if (!isMap(item)) {
    source.problems.push(wrong(source, item, 'a task has a name, a url and a schedule.').message)
    return []
  }
  warnOfOtherKeys(item, source)
  const name = readField(item, 'name', source, text => readName(text, source.names))
  const url = readField(item, 'url', source, readUrl)
  const schedule = readField(item, 'schedule', source, readSchedule)
  return name && url && schedule ? [{ name, url, ...schedule }] : []
}

/** Amazon's daemon ignores them, but often one is a misspelt key. */
function warnOfOtherKeys(item: YAMLMap, { file, lines, log }: Source) {
  for (const { key } of item.items) {
    const name = isScalar(key) ? String(key.value) : String(key)
    if (['name', 'url', 'schedule', 'description'].includes(name)) continue
    const sentence = `"${name}" is no key of a task and is ignored.`
    log('schedule-parser', wrong({ file, lines }, key, sentence).message)
  }
}

type Warn = (sentence: string) => void

/** Undefined when the field is missing or `read` throws; then it is among the problems. */
function readField<Value>(
  item: YAMLMap,
  key: string,
  source: Source,
  read: (text: string, warn: Warn) => Value
): Value | undefined {
  const name = item.get('name')
  const what = typeof name === 'string' && key !== 'name' ? `${key} of "${name}"` : key
  const node = item.get(key, true)
  const place = (sentence: string) => wrong(source, node ?? item, `${what}: ${sentence}`).message
  try {
    return read(textOf(node), sentence => source.log('schedule-parser', place(sentence)))
  } catch (error) {
    source.problems.push(place((error as Error).message))
    return undefined
  }
}

function textOf(node: unknown): string {
  if (isAlias(node)) throw new Error('write the text itself, not an alias of it.')
  const value = isScalar(node) ? node.value : node
  if (value === undefined || value === null || value === '') throw new Error('it is missing.')
  if (typeof value !== 'string') throw new Error('it must be a text, in quotes.')
  return value
}

function readName(text: string, names: Set<string>): string {
  if (/\p{Cc}/u.test(text)) throw new Error('it must be a single line.')
  if (text.length > longestName)
    throw new Error(`it must not be longer than ${longestName} characters.`)
  if (names.has(text)) throw new Error('another task has this name; give each its own.')
  names.add(text)
  return text
}

function readUrl(text: string): string {
  if (/^\/[\x21-\x7e]*$/.test(text)) return text
  throw new Error('it must begin with "/" and hold no spaces; percent-encode it.')
}

function readSchedule(text: string, warn: Warn): Pick<WrittenTask, 'schedule' | 'written'> {
  const schedule = parseSchedule(text)
  if (!nextTick(schedule, new Date()))
    throw new Error(`"${text}" has no day on which it is ever due.`)
  if (hasIgnoredField(text)) warn('the sixth field is ignored.')
  return { schedule, written: text }
}

function wrong({ file, lines }: Pick<Source, 'file' | 'lines'>, place: unknown, sentence: string) {
  const node = place as { range?: number[] | null } | null
  const offset = typeof place === 'number' ? place : (node?.range?.[0] ?? 0)
  return new Error(`${file}:${lines.linePos(offset).line}: ${sentence}`)
}
