import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { Given } from './command.ts'
import { options } from './option.ts'
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
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines })
  const [problem] = document.errors
  if (problem) throw new Error(`${file} is no valid YAML: ${problem.message}`)
  for (const { name, value, offset } of settingsOf(document.get('option_settings'))) {
    const place = `${file}:${lines.linePos(offset).line} ${name}`
    const key = keys.get(name)
    if (key && isScalar(value) && !isReference(value.value))
      found.given[key] = { name: place, text: String(value.value) }
    else if (key) found.warnings.push(`${place} is known only when it is deployed; not used here`)
    else if (name !== 'MaxRetries') throw new Error(`${place}: there is no such option.`)
  }
}

/** CloudFormation functions stand in backquotes within a string. */
function isReference(value: unknown) {
  return /^`.*`$/s.test(String(value))
}

type Entry = { name: string; value: unknown; offset: number }

/** Both ways to write them: a map of namespaces, or a list of `namespace`, `option_name`, `value`. */
function settingsOf(node: unknown): Entry[] {
  if (isSeq(node)) return node.items.flatMap(item => (isMap(item) ? listed(item) : []))
  const options = isMap(node) ? node.get(namespace, true) : undefined
  return isMap(options) ? (options.items as Pair[]).map(mapped) : []
}

function listed(item: YAMLMap): Entry[] {
  if (item.get('namespace') !== namespace) return []
  return [
    {
      name: String(item.get('option_name')),
      value: item.get('value', true),
      offset: item.range?.[0] ?? 0
    }
  ]
}

function mapped({ key, value }: Pair): Entry {
  const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0
  return { name: String(isScalar(key) ? key.value : key), value, offset }
}
