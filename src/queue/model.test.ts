import { test } from 'node:test'
import { runModel } from '../../test/model/model.ts'
import { sumUp } from '../../test/model/tally.ts'

const seed = 20_261_126

test('whatever fails, dies or comes twice, the engine keeps every promise of its model', async t => {
  const tally = await runModel({ runs: 120, seed, seconds: 30 })
  t.diagnostic(sumUp(tally, seed))
})
