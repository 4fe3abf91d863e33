import { parseArgs } from 'node:util'

export type Command = {
  names: string[]
  inputs: number
  seed: number
  file: string | undefined
  isHelp: boolean
}

/** Reads the command line; `known` are the names of the targets. Throws a sentence when it is wrong. */
export function readCommand(args: string[], known: string[]): Command {
  const { values, positionals } = parse(args)
  const { inputs = '100000', seed = '1', file, help = false } = values
  const unknown = positionals.find(name => !known.includes(name))
  if (unknown !== undefined)
    throw new Error(`There is no target "${unknown}". The targets are: ${known.join(', ')}.`)
  if (file !== undefined && positionals.length !== 1)
    throw new Error('Name the one target that --file is for: npm run fuzz -- csv --file input')
  return {
    names: positionals.length === 0 ? known : known.filter(name => positionals.includes(name)),
    inputs: whole('inputs', inputs, 1),
    seed: whole('seed', seed, 0),
    file,
    isHelp: help
  }
}

function parse(args: string[]) {
  const options = {
    inputs: { type: 'string' as const },
    seed: { type: 'string' as const },
    file: { type: 'string' as const },
    help: { type: 'boolean' as const, short: 'h' }
  }
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\.?\n/)
    throw new Error(`${sentence}; see npm run fuzz -- --help.`, { cause: error })
  }
}

function whole(flag: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
  throw new Error(`--${flag} is "${text}": give a whole number, ${least} or more.`)
}

/** What `--help` prints. */
export function helpText(known: string[]): string {
  return `Usage: npm run fuzz [-- TARGET…] [--inputs N] [--seed N] [--file INPUT]

Gives each reader of what strangers send so many good examples with something changed, and stops at the
first that it answers with anything but a result or a sentence, or not in time; that input is kept in
data/fuzz/ and given again with --file.

  --inputs N     so many to each target (100000; slow targets get a share of it)
  --seed N       other ones (1)
  --file INPUT   this one only, to the target that is named

Targets: ${known.join(', ')}
`
}
