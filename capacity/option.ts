import { parseArgs } from 'node:util'
import type { Load } from './day.ts'
import type { Fleet } from './group.ts'
import type { Declared } from './rule.ts'

type Option = { help: string; least: number; isWhole?: true }

/** What the deployment declares; a flag tries another value. */
const declared: Record<keyof Declared, Option> = {
  targetValue: { help: 'messages visible per instance, the target', least: 0.001 },
  warmupSeconds: { help: 'warm-up of the policy', least: 0 },
  minSize: { help: 'fewest instances', least: 1, isWhole: true },
  maxSize: { help: 'most instances', least: 1, isWhole: true },
  httpConnections: { help: 'messages that an instance takes at once', least: 1, isWhole: true }
}

type Assumed = Load & Omit<Fleet, 'httpConnections'> & { seed: number }

const assumed: Record<keyof Assumed, Option & { value: number }> = {
  jobsPerDay: { value: 60_000, help: "jobs over an office's day", least: 0, isWhole: true },
  burst: {
    value: 12_000,
    help: 'jobs that come on top of them, together',
    least: 0,
    isWhole: true
  },
  burstAt: { value: 9, help: 'when, in hours from midnight', least: 0 },
  burstMinutes: { value: 10, help: 'and within how many minutes', least: 0 },
  secondsPerJob: { value: 0.5, help: 'what a job needs of one core', least: 0.0001 },
  variation: { value: 0.5, help: 'standard deviation of that ÷ its mean', least: 0 },
  networkSeconds: { value: 0.2, help: 'what a job waits for S3, SES and the database', least: 0 },
  cores: { value: 2, help: 'cores of an instance', least: 1, isWhole: true },
  launchSeconds: { value: 30, help: 'until a new instance counts as in service', least: 0 },
  bootSeconds: { value: 180, help: 'until a new instance takes messages', least: 0 },
  metricDelaySeconds: { value: 60, help: 'until the alarm sees a datapoint', least: 0 },
  seed: {
    value: 1,
    help: 'of the random numbers; the same seed, the same day',
    least: 0,
    isWhole: true
  }
}

export type Settings = Assumed & Partial<Declared> & { root?: string; out?: string }

const options: Record<string, Option & { value?: number }> = { ...declared, ...assumed }
const texts = { root: 'folder', out: 'file' }

/** Throws a sentence when a flag or its value is wrong. */
export function readSettings(args: string[]): Settings | 'help' {
  const values = parse(args)
  if (values['help']) return 'help'
  const numbers = Object.entries(options).flatMap(([key, option]) => {
    const text = values[flagOf(key)]
    if (text === undefined) return option.value === undefined ? [] : [[key, option.value]]
    return [[key, read(key, option, String(text))]]
  })
  const { root, out } = values
  return { ...Object.fromEntries(numbers), ...(root ? { root } : {}), ...(out ? { out } : {}) }
}

function parse(args: string[]): Record<string, string | boolean | undefined> {
  const string = { type: 'string' } as const
  const flags = [...Object.keys(options).map(flagOf), ...Object.keys(texts)]
  try {
    const known = Object.fromEntries(flags.map(flag => [flag, string]))
    return parseArgs({
      args: joined(args),
      options: { ...known, help: { type: 'boolean', short: 'h' } }
    }).values
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new Error(`${sentence}; --help lists the flags.`, { cause: error })
  }
}

/** `--burst -5` → `--burst=-5`: a number is no flag, and what is wrong with it is said below. */
function joined(args: string[]): string[] {
  const isNegative = (index: number) => /^-[\d.]/.test(args[index] ?? '')
  return args.flatMap((arg, index) => {
    if (index > 0 && isNegative(index)) return []
    return isNegative(index + 1) ? [`${arg}=${args[index + 1]}`] : [arg]
  })
}

function read(key: string, { least, isWhole }: Option, text: string) {
  const value = Number(text)
  if (text.trim() && Number.isFinite(value) && value >= least && !(isWhole && value % 1))
    return value
  const kind = isWhole ? 'a whole number' : 'a number'
  throw new Error(`--${flagOf(key)} is "${text}": give ${kind}, ${least} or more.`)
}

function flagOf(key: string) {
  return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

export function helpText(): string {
  const line = (flag: string, help: string) => `  ${`--${flag}`.padEnd(24)} ${help}`
  const lines = (some: typeof options) =>
    Object.entries(some).map(([key, { help, value }]) =>
      line(flagOf(key), value === undefined ? help : `${help} (${value})`)
    )
  return `npm run capacity -- [flags]

Simulates a day of the worker tier under the scaling rule of the deployment: backlog, instances and
waiting times, as a table, and as a plot in docs/scaling.svg.

Assumed, times in seconds:
${lines(assumed).join('\n')}

Read from infra/ and .ebextensions/, or given here to try something else:
${lines(declared).join('\n')}

${line('root <folder>', 'where infra/ and .ebextensions/ are (this repository)')}
${line('out <file>', 'where the plot goes (docs/scaling.svg)')}
`
}
