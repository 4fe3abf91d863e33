import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { Given } from './command.ts'
import { options } from './option.ts'
import { readText } from './read-text.ts'
import type { Settings } from './settings.ts'

const namespace = 'aws:elasticbeanstalk:sqsd'
type Found = { given: Partial<Record<keyof Settings, Given>>; warnings: string[] }

/** The keys of our settings, by the names that Beanstalk has for them. */
const keys = new Map(
  Object.entries(options).map(([key, { beanstalk }]) => [beanstalk, key as keyof Settings])
)

/**
 * The daemon's option settings in a folder of configuration files, as Beanstalk would read them: files
 * in the order of their names, the last one wins. What only a deploy can know, such as a reference to
 * a resource, becomes a warning. Throws, naming the file, when one can't be read.
 */
export function readBeanstalkSettings(folder: string): Found {
  const found: Found = { given: {}, warnings: [] }
  for (const name of configFiles(folder)) readFile(join(folder, name), found)
  if (Object.keys(found.given).length === 0 && found.warnings.length === 0)
    found.warnings.push(`no option of ${namespace} is set in ${folder}/*.config`)
  return found
}

function configFiles(folder: string) {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.config'))
      .sort()
  } catch (error) {
    throw new Error(`--ebextensions: ${(error as Error).message}`, { cause: error })
  }
}

function readFile(file: string, found: Found) {
  const lines = new LineCounter()
  const document = parseDocument(readText(file), { lineCounter: lines })
  const [problem] = document.errors
  if (problem) throw new Error(`${file} is no valid YAML: ${problem.message}`)
  for (const entry of entriesOf(document.get('option_settings'))) {
    const place = `${file}:${lines.linePos(entry.offset).line}`
    const key = keys.get(entry.name)
    if (entry.namespace === namespace) take(entry, key, `${place} ${entry.name}`, found)
    else if (entry.namespace === undefined && key)
      found.warnings.push(`${place} ${entry.name} has no namespace; write namespace: ${namespace}`)
  }
}

/** Keeps the value of one of the daemon's options. */
function take({ name, value }: Entry, key: keyof Settings | undefined, place: string, to: Found) {
  if (!name) throw new Error(`${place.trim()}: its option_name is missing.`)
  if (!key && name !== 'MaxRetries') throw new Error(`${place}: there is no such option.`)
  const plain = isScalar(value) ? value.value : value
  if (plain === undefined || plain === null) throw new Error(`${place}: its value is missing.`)
  if (!key) return
  if (isScalar(value) && !isReference(plain)) to.given[key] = { name: place, text: String(plain) }
  else to.warnings.push(`${place} is known only when it is deployed; not used here`)
}

/** CloudFormation functions stand in backquotes within a string. */
function isReference(value: unknown) {
  return /^`.*`$/s.test(String(value))
}

/** Without a namespace, Beanstalk takes an entry for a variable of the environment. */
type Entry = { namespace: string | undefined; name: string; value: unknown; offset: number }

/** Both ways to write them: a map of namespaces, or a list of `namespace`, `option_name`, `value`. */
function entriesOf(node: unknown): Entry[] {
  if (isSeq(node)) return node.items.flatMap(item => (isMap(item) ? listed(item) : []))
  const options = isMap(node) ? node.get(namespace, true) : undefined
  return isMap(options) ? (options.items as Pair[]).map(mapped) : []
}

function listed(item: YAMLMap): Entry {
  return {
    namespace: item.get('namespace') as string | undefined,
    name: String(item.get('option_name') ?? ''),
    value: item.get('value', true),
    offset: item.range?.[0] ?? 0
  }
}

function mapped({ key, value }: Pair): Entry {
  const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0
  return { namespace, name: String(isScalar(key) ? key.value : key), value, offset }
}
