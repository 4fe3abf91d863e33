import { parseArgs } from 'node:util'
import { programPath } from '../test/needs.ts'

export type Command = { only: string | undefined; isKept: boolean; isHelp: boolean }

/** The Debian package of each program that the rehearsal runs. */
const packages: Record<string, string> = {
  git: 'git',
  mariadbd: 'mariadb-server',
  'mariadb-install-db': 'mariadb-server',
  nginx: 'nginx-light'
}

/** Reads the command line; `names` are those of the steps. Throws a sentence when it is wrong. */
export function readCommand(args: string[], names: string[]): Command {
  const { values } = parse(args)
  const { only, keep = false, help = false } = values
  if (only !== undefined && !names.includes(only))
    throw new Error(`There is no step "${only}". The steps are: ${names.join(', ')}.`)
  return { only, isKept: keep, isHelp: help }
}

function parse(args: string[]) {
  const options = {
    only: { type: 'string' as const },
    keep: { type: 'boolean' as const },
    help: { type: 'boolean' as const, short: 'h' }
  }
  try {
    return parseArgs({ args, options, strict: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new Error(`${sentence}; see npm run rehearse -- --help.`, { cause: error })
  }
}

/** One sentence for all programs that are missing, or nothing. */
export function missingPrograms(find = programPath): string | undefined {
  const missing = Object.keys(packages).filter(name => !find(name))
  if (missing.length === 0) return undefined
  const names = [...new Set(missing.map(name => packages[name]))].join(' ')
  return `The rehearsal needs ${missing.join(', ')}: apt-get install ${names}`
}

type Titled = { name: string; title: string }

/** What `--help` prints. */
export function helpText(steps: Titled[]): string {
  const lines = steps.map(({ name, title }) => `  ${name.padEnd(9)} ${title}`)
  return `Usage: npm run rehearse [-- --only STEP] [--keep]

Runs what Elastic Beanstalk would run of the last commit: the bundle as eb deploy packs it, installed in
an empty folder, both tiers by the line of the Procfile with their environment's properties, nginx with
Beanstalk's server block and the files of .platform, sqsd with the deployed settings, MariaDB, and
stand-ins for SQS, S3 and SES. Then it plays, at the same time where it can:

${lines.join('\n')}

  --only STEP  that step alone, and the start
  --keep       leave the folders where they are, and say where

It takes three to five minutes, listens on addresses of 127.0.0.0/8 only, and ends all it has started.
It needs Linux, npm's registry (or the packages in npm's cache), and these programs:

  apt-get install ${[...new Set(Object.values(packages))].join(' ')}

npm ci has brought the Node. Where it may (as root), nginx listens at port 80, else at 8000.
`
}
