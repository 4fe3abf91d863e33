import { parseArgs } from 'node:util'
import { findMistakes } from './mistakes.ts'
import { runModel } from './model.ts'
import { sumUp, table } from './tally.ts'

/**
 * `npm run model -- --runs 2000 --seed 1` holds the engine against its model; with `--mistakes`, engines that
 * each have one mistake, all of which the model must find.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Only for machines: the first sequence that breaks a promise will do. */
    'no-shrink': { type: 'boolean', default: false },
    mistakes: { type: 'boolean', default: false }
  }
})
const bounds = {
  runs: Number(values.runs),
  seed: Number(values.seed),
  isShrunk: !values['no-shrink']
}

async function holdEngine() {
  const tally = await runModel(bounds)
  process.stdout.write(`${table(tally)}\n\n${sumUp(tally, bounds.seed)}\n`)
}

try {
  await (values.mistakes ? findMistakes(bounds) : holdEngine())
} catch (error) {
  const { message, cause } = error as Error
  process.stdout.write(`${message}\n\n${cause instanceof Error ? cause.message : ''}\n`)
  process.exitCode = 1
}
