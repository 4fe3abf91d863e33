import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readBeanstalkSettings } from './ebextensions.ts'
import { type Option, options, presetOption } from './option.ts'
import { defaults, presetSettings, type Settings } from './settings.ts'

type Environment = Record<string, string | undefined>
/** A setting as text, with the name that whoever gave it knows it by. */
export type Given = { name: string; text: string }
type Key = keyof Settings
type Source = Partial<Record<Key | 'preset', Given>>

export type Run = { settings: Partial<Settings> & { queueUrl: string }; warnings: string[] }
export type Command = 'help' | 'version' | Run

/** All options by the key of their setting. */
const table: Record<string, Option> = { ...options, preset: presetOption }

/**
 * Reads the command line. A flag counts before its variable in the environment (`SQSD_CONNECT_TIMEOUT`),
 * that before `--ebextensions`, that before `--preset`. Throws one sentence for each thing that is wrong.
 */
export function readCommand(args: string[], environment: Environment): Command {
  const { flags, folder, isHelp, isVersion } = readFlags(args)
  if (isHelp) return 'help'
  if (isVersion) return 'version'
  const beanstalk = folder ? readBeanstalkSettings(folder) : { given: {}, warnings: [] }
  const source: Source = { ...beanstalk.given, ...readEnvironment(environment), ...flags }
  const { preset, ...own } = readValues(source)
  const settings = { ...presetSettings(preset ?? 'observed-v3', own), ...own }
  if (!settings.queueUrl)
    throw new Error('Which queue? Give --worker-queue-url, or QUEUE_URL in the environment.')
  if (!settings.cronFile && existsSync('cron.yaml')) settings.cronFile = 'cron.yaml'
  return {
    settings: { ...settings, queueUrl: settings.queueUrl },
    warnings: [...beanstalk.warnings, ...contradictions({ ...defaults, ...settings })]
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
    ebextensions: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' }
  })
  const entries = Object.entries(table).flatMap(([key, { flag }]) =>
    values[flag] === undefined ? [] : [[key, { name: `--${flag}`, text: String(values[flag]) }]]
  )
  return {
    flags: Object.fromEntries(entries) as Source,
    folder: values['ebextensions'] as string | undefined,
    isHelp: values['help'] === true,
    isVersion: values['version'] === true
  }
}

function parse(
  args: string[],
  flags: Record<string, { type: 'string' | 'boolean'; short?: string }>
) {
  try {
    return parseArgs({ args, options: flags, strict: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new Error(`${sentence}; --help lists the flags.`, { cause: error })
  }
}

function readEnvironment(environment: Environment): Source {
  const source: Source = {}
  if (environment['QUEUE_URL'])
    source.queueUrl = { name: 'QUEUE_URL', text: environment['QUEUE_URL'] }
  for (const [key, { flag }] of Object.entries(table)) {
    const name = `SQSD_${flag.toUpperCase().replaceAll('-', '_')}`
    const text = environment[name]
    if (text) source[key as Key] = { name, text }
  }
  return source
}

function readValues(source: Source) {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [key, { name, text }] of Object.entries(source)) {
    const { read, means } = table[key] as Option
    values[key] = read(text)
    if (values[key] === undefined) problems.push(`${name} is "${text}": set it to ${means}.`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return values as Partial<Settings> & { preset?: Parameters<typeof presetSettings>[0] }
}

/** What Amazon's ranges allow and nobody wants (facts of the Developer Guide, "Worker environments"). */
function contradictions(settings: typeof defaults): string[] {
  const { connectTimeoutSeconds, inactivityTimeoutSeconds, visibilityTimeoutSeconds } = settings
  const warnings: string[] = []
  if (inactivityTimeoutSeconds >= visibilityTimeoutSeconds)
    warnings.push(
      `a worker may be silent for ${inactivityTimeoutSeconds} s, but its message comes again after ${visibilityTimeoutSeconds} s: make the visibility timeout the longer one`
    )
  if (connectTimeoutSeconds >= inactivityTimeoutSeconds)
    warnings.push(
      `the connect timeout (${connectTimeoutSeconds} s) is no shorter than the inactivity timeout (${inactivityTimeoutSeconds} s)`
    )
  return warnings
}

/** What `--help` prints. */
export function helpText(): string {
  const lines = Object.entries(table).map(([key, option]) => {
    const standard = (defaults as Record<string, unknown>)[key]
    const shown = standard === undefined || option.isSwitch ? '' : ` (${standard})`
    const flag = `--${option.flag}${option.isSwitch ? '' : ' …'}`
    return `  ${flag.padEnd(30)} ${option.help}${shown}`
  })
  return `Usage: sqsd --worker-queue-url URL [--http-url URL] [flags]

Brings each message of an SQS queue to a worker as a POST, deletes it when the answer is exactly 200,
and sends the periodic tasks of cron.yaml: what Elastic Beanstalk's daemon does, anywhere.

${lines.join('\n')}
  ${'--ebextensions DIR'.padEnd(30)} take what is deployed: aws:elasticbeanstalk:sqsd in DIR/*.config
  ${'--version'.padEnd(30)} print the version
  ${'--help'.padEnd(30)} print this

Times are in seconds. Each flag may be a variable instead: SQSD_HTTP_URL is --http-url. Region,
credentials and another endpoint are the AWS SDK's own: AWS_REGION, AWS_ENDPOINT_URL_SQS, and so on.
More in docs/sqsd.md.
`
}
