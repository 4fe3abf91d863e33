import { findMistakes } from './mistakes.ts'
import { type Bounds, runModel } from './model.ts'
import { helpText, readOptions } from './option.ts'
import { sumUp, table } from './tally.ts'

/**
 * `npm run model -- --runs 2000 --seed 1` holds the engine against its model; with `--mistakes`, engines that
 * each have one mistake, all of which the model must find.
 */
async function run() {
  const { bounds, hasMistakes, isHelp } = readOptions(process.argv.slice(2))
  if (isHelp) process.stdout.write(helpText)
  else if (hasMistakes) await findMistakes(bounds)
  else await holdEngine(bounds)
}

async function holdEngine(bounds: Bounds) {
  const tally = await runModel(bounds).catch(tellStory)
  process.stdout.write(`${table(tally)}\n\n${sumUp(tally, bounds.seed)}\nNo promise was broken.\n`)
}

/** The sequence that breaks a promise is in the message, its story in the cause. */
function tellStory({ message, cause }: Error): never {
  throw new Error(cause instanceof Error ? `${message}\n\n${cause.message}` : message)
}

run().catch(error => {
  process.stdout.write(`${error.message}\n`)
  process.exitCode = 1
})
