import { parseArgs } from 'node:util'
import type { Bounds } from './model.ts'

export type Options = { bounds: Bounds; hasMistakes: boolean; isHelp: boolean }

/** What `--help` prints. */
export const helpText = `Usage: npm run model [-- --runs N] [--seed N] [--mistakes]

Holds the engine against the promises of docs/states.md: random sequences of commands, in which any call to
the database, SQS, SES or the storage may fail or be the last of its process. docs/reliability.md says how.

  --runs N     so many sequences (2000)
  --seed N     other ones (1)
  --mistakes   engines that each have one guard less; fails unless each of them is caught
  --no-shrink  the first sequence that breaks a promise, without a search for a shorter one

Ends with 1 when a promise was broken, and prints the sequence and its story.
`

/** Reads the command line. Throws a sentence when it is wrong. */
export function readOptions(args: string[]): Options {
  const { runs = '2000', seed = '1', mistakes = false, help = false, ...values } = parse(args)
  const bounds = {
    runs: whole('runs', runs, 1),
    seed: whole('seed', seed, 0),
    isShrunk: !values['no-shrink']
  }
  return { bounds, hasMistakes: mistakes, isHelp: help }
}

function parse(args: string[]) {
  const options = {
    runs: { type: 'string' as const },
    seed: { type: 'string' as const },
    mistakes: { type: 'boolean' as const },
    'no-shrink': { type: 'boolean' as const },
    help: { type: 'boolean' as const, short: 'h' }
  }
  try {
    return parseArgs({ args, options, strict: true }).values
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\.?\n/)
    throw new Error(`${sentence}; see npm run model -- --help.`, { cause: error })
  }
}

function whole(flag: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
  throw new Error(`--${flag} is "${text}": give a whole number, ${least} or more.`)
}
