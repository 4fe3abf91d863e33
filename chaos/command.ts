import { parseArgs } from 'node:util'
import { programPath } from '../test/needs.ts'
import type { Scenario } from './scenario.ts'

export type Command = { chosen: Scenario[]; seeds: number[]; isKept: boolean; isHelp: boolean }

const standardSeed = 1

/** Reads the command line. Throws a sentence when it is wrong. */
export function readCommand(args: string[], scenarios: Scenario[]): Command {
  const { values, positionals } = parse(args)
  const { seed, seeds = seed ?? String(standardSeed), keep = false, help = false } = values
  const unknown = positionals.find(name => !scenarios.some(one => one.name === name))
  if (unknown !== undefined)
    throw new Error(
      `There is no scenario "${unknown}". The scenarios are: ${scenarios.map(({ name }) => name).join(', ')}.`
    )
  const chosen = scenarios.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name)
  )
  return { chosen, seeds: seeds.split(',').map(readSeed), isKept: keep, isHelp: help }
}

function readSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim()))
    throw new Error(`"${text}" is no seed: give a whole number, or several with commas.`)
  return Number(text)
}

function parse(args: string[]) {
  const options = {
    seed: { type: 'string' as const },
    seeds: { type: 'string' as const },
    keep: { type: 'boolean' as const },
    help: { type: 'boolean' as const, short: 'h' }
  }
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new Error(`${sentence}; see npm run chaos -- --help.`, { cause: error })
  }
}

/** What stands in the way of running here, in one sentence, or nothing. */
export function obstacle(platform = process.platform, find = programPath): string | undefined {
  if (platform !== 'linux') return 'Chaos needs Linux: it ends what it has started by /proc.'
  const isInstalled = ['mariadbd', 'mariadb-install-db'].every(name => find(name))
  return isInstalled ? undefined : 'Chaos needs MariaDB: apt-get install mariadb-server'
}

/** What `--help` prints. */
export function helpText(scenarios: Scenario[]): string {
  const lines = scenarios.map(({ name, title }) => `  ${name.padEnd(14)} ${title}`)
  return `Usage: npm run chaos [-- SCENARIO…] [--seed N | --seeds N,N] [--keep]

Runs the line with real processes (the web tier, two workers, two sqsd, MariaDB, and stand-ins for SQS, S3
and SES) on 127.0.0.1, makes things go wrong in each scenario, and looks from outside at what came of it:
no job may be lost or finished twice, no file be wrong, no mail come twice but where the ledger says so.

${lines.join('\n')}

  --seed N   another course of the faults (${standardSeed} where nothing is said); --seeds 1,2,3 for several
  --keep     leave the logs, and say where

Ends by itself, about 20 minutes after its start for each seed; exits with 1 when a promise was broken.
`
}
