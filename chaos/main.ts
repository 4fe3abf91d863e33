import { constants } from 'node:os'
import { openFolders } from '../rehearsal/folders.ts'
import { startMariadb } from '../test/mariadb.ts'
import { helpText, obstacle, readCommand } from './command.ts'
import { type Played, perform } from './perform.ts'
import { explain, tableOf } from './report.ts'
import { scenarios } from './scenarios.ts'

run().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})

/** `npm run chaos`: plays the scenarios one after the other, for each seed. */
async function run() {
  const { chosen, seeds, isKept, isHelp } = readCommand(process.argv.slice(2), scenarios)
  if (isHelp) return say(helpText(scenarios))
  const sentence = obstacle()
  if (sentence) throw new Error(sentence)
  endOnSignals()
  const folders = await openFolders('chaos')
  const played: Played[] = []
  let hasFailed = false
  try {
    const mariadb = await startMariadb(folders.work)
    for (const seed of seeds)
      for (const scenario of chosen) {
        const reason = scenario.obstacle?.()
        if (reason) {
          say(`${scenario.name} is left out: ${reason}`)
          continue
        }
        say(`… ${scenario.name}, seed ${seed}: ${scenario.title}`)
        const one = await perform(scenario, seed, { folders, mariadb })
        played.push(one)
        hasFailed ||= one.breaches.length > 0
        process.stdout.write(explain(one))
      }
  } catch (error) {
    hasFailed = true
    say(String((error as Error).stack))
  }
  say(`\n${tableOf(played)}`)
  say(hasFailed ? 'A promise was broken.' : 'Every promise was kept.')
  if (isKept) {
    folders.keep(folders.logs)
    say(`The logs are kept: ${folders.logs}`)
  }
  const isGone = await folders.close()
  if (!isGone) say(`Something is left of ${folders.work} or ${folders.logs}: delete it by hand.`)
  process.exit(hasFailed ? 1 : 0)
}

function say(text: string) {
  process.stdout.write(`${text}\n`)
}

/** The keeper ends what was started, and removes the folders, as soon as this process is gone. */
function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
}
