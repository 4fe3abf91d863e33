#!/usr/bin/env node
import { commands, find } from './commands.ts'
import { commandHelp, overview } from './help.ts'
import { print } from './print.ts'
import { statesHelp } from './states.ts'
import { understand } from './understand.ts'
import { versionOfPackage } from './version.ts'

/** `beanline`: the line from a shell. Ends with 0 (done), 1 (failed) or 2 (wrong usage: nothing was done). */
async function start([name = 'help', ...rest]: string[]): Promise<number> {
  if (name !== 'sqsd') outliveReader()
  if (name === '--version' || name === '-v') return print(versionOfPackage())
  if (['help', '--help', '-h'].includes(name)) return await help(rest)
  const entry = find(name)
  const command = await entry.load()
  if (command.isProgram) return await command.run({ words: rest, values: {} })
  const isAsked = rest.includes('--help') || rest.includes('-h')
  if (isAsked) return print(commandHelp(entry.name, command))
  return await command.run(understand(entry.name, command, rest))
}

async function help([topic]: string[]): Promise<number> {
  if (topic === undefined) return print(overview(commands))
  if (topic === 'states') return print(statesHelp())
  const { name, load } = find(topic)
  return print(commandHelp(name, await load()))
}

/** `| head` has read enough. What is under way is done all the same, and ends with its own exit code. */
function outliveReader() {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

start(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  async error => {
    const { sentence, code } = isWithoutPackages(error) ? noPackages : await explain(error)
    process.stderr.write(`${sentence}\n`)
    process.exitCode = code
  }
)

async function explain(error: Error) {
  const { explainFailure } = await import('./failure.ts')
  return explainFailure(error)
}

/** A fresh clone has none; what explains other errors needs some. */
const isWithoutPackages = ({ message }: Error) => /^Cannot find package '/.test(message)
const noPackages = { sentence: 'The packages are not here yet: run "npm ci" first.', code: 1 }
