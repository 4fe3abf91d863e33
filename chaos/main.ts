import { constants } from 'node:os'
import { type Folders, openFolders } from '../rehearsal/folders.ts'
import { startMariadb } from '../test/mariadb.ts'
import { helpText, obstacle, readCommand } from './command.ts'
import { type Played, perform } from './perform.ts'
import { explain, tableOf } from './report.ts'
import type { Scenario } from './scenario.ts'
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
  const hasPassed = await playAll(chosen, seeds, folders).catch(error => {
    say(String(error.stack))
    return false
  })
  say(hasPassed ? 'Every promise was kept.' : 'A promise was broken, or could not be looked at.')
  if (isKept) folders.keep(folders.logs)
  if (isKept) say(`The logs are kept: ${folders.logs}`)
  const isGone = await folders.close()
  if (!isGone) say(`Something is left of ${folders.work} or ${folders.logs}: delete it by hand.`)
  process.exit(hasPassed ? 0 : 1)
}

/** One scenario after the other, for each seed; true when all of them came to an end and broke nothing. */
async function playAll(chosen: Scenario[], seeds: number[], folders: Folders): Promise<boolean> {
  const mariadb = await startMariadb(folders.work)
  const played: Played[] = []
  let isWhole = true
  for (const seed of seeds)
    for (const scenario of chosen) {
      const reason = scenario.obstacle?.()
      say(
        `… ${scenario.name}, seed ${seed}: ${reason ? `left out, for ${reason}` : scenario.title}`
      )
      if (reason) continue
      try {
        const one = await perform(scenario, seed, { folders, mariadb })
        played.push(one)
        process.stdout.write(explain(one))
      } catch (error) {
        isWhole = false
        say(`  not played to its end: ${(error as Error).stack}`)
      }
    }
  say(played.length > 0 ? `\n${tableOf(played)}` : 'No scenario was played.')
  return isWhole && played.length > 0 && played.every(({ breaches }) => breaches.length === 0)
}

function say(text: string) {
  process.stdout.write(`${text}\n`)
}

/** The keeper ends what was started, and removes the folders, as soon as this process is gone. */
function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
}
