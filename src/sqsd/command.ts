import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readBeanstalkSettings } from './ebextensions.ts'
import { writeFaults } from './faults.ts'
import { type Option, table, variableOf } from './option.ts'
import { defaults, type Preset, presetSettings, type Settings } from './settings.ts'
import { withoutPassword } from './value.ts'

type Environment = Record<string, string | undefined>
/** A setting as text, with the name that whoever gave it knows it by. */
export type Given = { name: string; text: string }
type Source = Partial<Record<keyof Settings | 'preset' | 'ebextensions', Given>>
type Values = Partial<Settings> & { preset?: Preset; ebextensions?: string }

export type Run = {
  settings: Partial<Settings> & { queueUrl: string }
  warnings: string[]
  /** All that is in force, as flags. */
  summary: string
}
export type Command = 'help' | 'version' | Run

/**
 * Reads the command line. A flag counts before its variable in the environment (`SQSD_CONNECT_TIMEOUT`),
 * that before `--ebextensions`, that before `--preset`. Throws one sentence for each thing that is wrong.
 */
export function readCommand(args: string[], environment: Environment): Command {
  const { flags, isHelp, isVersion } = readFlags(args)
  if (isHelp) return 'help'
  if (isVersion) return 'version'
  const source = { ...readEnvironment(environment), ...flags }
  const folder = source.ebextensions?.text
  const deployed = folder ? readBeanstalkSettings(folder) : { given: {}, warnings: [] }
  const given = readValues({ ...deployed.given, ...source })
  const { preset = 'observed-v3', ebextensions, ...own } = given
  const usual = presetSettings(preset, own)
  const { queueUrl, ...settings } = { ...usual, ...own }
  if (!queueUrl)
    throw new Error('Which queue? Give --worker-queue-url, or QUEUE_URL in the environment.')
  if (!settings.cronFile && existsSync('cron.yaml')) settings.cronFile = 'cron.yaml'
  if (settings.cronFile === 'none') delete settings.cronFile
  const all = { ...defaults, ...settings, queueUrl }
  return {
    settings: { ...settings, queueUrl },
    warnings: [...unknown(environment), ...deployed.warnings, ...contradictions(all, usual)],
    summary: summarise({ ...all, preset })
  }
}

function readFlags(args: string[]) {
  const flags = Object.fromEntries(
    Object.values(table).map(({ flag, isSwitch }) => [
      flag,
      { type: isSwitch ? ('boolean' as const) : ('string' as const) }
    ])
  )
  const { values } = parse(args, {
    ...flags,
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' }
  })
  const entries = Object.entries(table).flatMap(([key, { flag }]) =>
    values[flag] === undefined ? [] : [[key, { name: `--${flag}`, text: String(values[flag]) }]]
  )
  return {
    flags: Object.fromEntries(entries) as Source,
    isHelp: values['help'] === true,
    isVersion: values['version'] === true
  }
}

function parse(
  args: string[],
  flags: Record<string, { type: 'string' | 'boolean'; short?: string }>
) {
  try {
    return parseArgs({ args, options: flags, strict: true, allowNegative: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s/)
    throw new Error(`${sentence}; --help lists the flags.`, { cause: error })
  }
}

function readEnvironment(environment: Environment): Source {
  const source: Source = {}
  if (environment['QUEUE_URL'])
    source.queueUrl = { name: 'QUEUE_URL', text: environment['QUEUE_URL'] }
  for (const [key, option] of Object.entries(table)) {
    const name = variableOf(option)
    const text = environment[name]
    if (text) source[key as keyof Source] = { name, text }
  }
  return source
}

function unknown(environment: Environment): string[] {
  const known = new Set(Object.values(table).map(variableOf))
  return Object.keys(environment)
    .filter(name => name.startsWith('SQSD_') && !known.has(name))
    .map(name => `${name} is no variable of sqsd; --help lists the flags`)
}

function readValues(source: Source): Values {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [key, { name, text }] of Object.entries(source)) {
    const { read, means } = table[key] as Option
    values[key] = read(text)
    if (values[key] === undefined)
      problems.push(`${name} is "${withoutPassword(text)}": set it to ${means}.`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return values
}

/**
 * What Amazon's ranges allow and nobody wants (Developer Guide, "Worker environments"), unless the
 * preset is like that; and faults, which nobody wants unawares.
 */
function contradictions(settings: typeof defaults & Partial<Settings>, usual: Partial<Settings>) {
  const { connectTimeoutSeconds, inactivityTimeoutSeconds, visibilityTimeoutSeconds } = settings
  const isUsual = inactivityTimeoutSeconds === usual.inactivityTimeoutSeconds
  const warnings: string[] = []
  if (inactivityTimeoutSeconds >= visibilityTimeoutSeconds && !isUsual)
    warnings.push(
      `a worker may be silent for ${inactivityTimeoutSeconds} s, but its message comes again after ${visibilityTimeoutSeconds} s: make the visibility timeout the longer one`
    )
  if (connectTimeoutSeconds >= inactivityTimeoutSeconds)
    warnings.push(
      `the connect timeout (${connectTimeoutSeconds} s) is no shorter than the inactivity timeout (${inactivityTimeoutSeconds} s)`
    )
  if (settings.faults) warnings.push('faults are on: messages go wrong on purpose')
  return warnings
}

function summarise(values: Values): string {
  const shown = Object.entries(table).flatMap(([key, { flag, isSwitch }]) => {
    const value = values[key as keyof Values]
    if (value === undefined || value === false) return []
    return isSwitch ? `--${flag}` : `--${flag} ${textOf(value)}`
  })
  return `in force: ${shown.join(' ')}`
}

function textOf(value: NonNullable<Values[keyof Values]>): string {
  return typeof value === 'object' ? writeFaults(value) : withoutPassword(String(value))
}
