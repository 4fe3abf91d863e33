import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

/** A file by its path from the root of the project, and what it says. */
export type Source = { path: string; text: string }
/** What an option is set to, as text, and where. */
export type Setting = { value: string; file: string; line: number }
export type NamedSetting = Setting & { namespace: string; namespaceLine: number; option: string }
/** The options of an environment, by namespace and name. */
export type OptionSettings = Record<string, Record<string, Setting>>

/** The options of the environment that a source bundle and a saved configuration make, from the disk. */
export function readOptionSettings(root: string, saved?: string): OptionSettings {
  const load = (path: string) => ({ path, text: readFileSync(join(root, path), 'utf8') })
  const extensions = globSync('.ebextensions/*.config', { cwd: root }).map(load)
  return effectiveSettings(extensions, saved === undefined ? undefined : load(saved))
}

/**
 * What counts in the end. Beanstalk reads the files of .ebextensions in the order of their names, the
 * last one wins; a saved configuration wins over all of them. Throws, naming the place, at invalid YAML.
 */
export function effectiveSettings(extensions: Source[], saved?: Source): OptionSettings {
  const ordered = extensions.toSorted((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1))
  const sources = saved ? [...ordered, saved] : ordered
  const all: OptionSettings = {}
  for (const { namespace, option, value, file, line } of sources.flatMap(settingsIn)) {
    all[namespace] ??= {}
    all[namespace][option] = { value, file, line }
  }
  return all
}

/**
 * Every option that a file sets, in its order: a file of .ebextensions (`option_settings`) or a saved
 * configuration (`OptionSettings`). A value that is a map, as a ConfigDocument, becomes JSON.
 */
export function settingsIn({ path, text }: Source): NamedSetting[] {
  const lines = new LineCounter()
  // A key given twice is for the doctor to report; the last one wins here, as on Beanstalk.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  const [error] = document.errors
  const lineAt = (offset: number) => lines.linePos(offset).line
  if (error) throw new Error(`${path}:${lineAt(error.pos[0])}: no valid YAML. ${error.message}`)
  return optionsOf(document).map(({ space, name, value }) => ({
    namespace: space ? textOf(document, space) : environmentProperties,
    namespaceLine: lineAt(offsetOf(space ?? name)),
    option: textOf(document, name),
    value: textOf(document, value),
    file: path,
    line: lineAt(offsetOf(name))
  }))
}

/** The namespace of an item that names none. */
const environmentProperties = 'aws:elasticbeanstalk:application:environment'
/** Three nodes of YAML. */
type Option = { space: unknown; name: unknown; value: unknown }

function optionsOf(document: Document): Option[] {
  const settings = document.get('option_settings') ?? document.get('OptionSettings')
  if (isSeq(settings)) return settings.items.flatMap(listed)
  if (!isMap(settings)) return []
  return settings.items.flatMap(({ key, value }) => mapped(key, resolve(document, value)))
}

/** `aws:autoscaling:asg: {MinSize: 2}` */
function mapped(space: unknown, options: unknown): Option[] {
  if (!isMap(options)) return []
  return options.items.map(({ key, value }) => ({ space, name: key, value }))
}

/** `- {namespace: aws:autoscaling:asg, option_name: MinSize, value: 2}` */
function listed(item: unknown): Option[] {
  if (!isMap(item) || !item.has('option_name')) return []
  const [space, name, value] = ['namespace', 'option_name', 'value'].map(key => item.get(key, true))
  return [{ space, name, value }]
}

/** A scalar as it is written, without its quotes: `05` and `true` stay what they are. */
function textOf(document: Document, node: unknown): string {
  const resolved = resolve(document, node)
  if (isScalar(resolved))
    return resolved.value === null ? '' : (resolved.source ?? String(resolved.value))
  if (isMap(resolved) || isSeq(resolved)) return JSON.stringify(resolved.toJS(document))
  return ''
}

function resolve(document: Document, node: unknown) {
  return isAlias(node) ? node.resolve(document) : node
}

function offsetOf(node: unknown) {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0
}
