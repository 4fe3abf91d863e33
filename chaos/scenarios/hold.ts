import { setTimeout } from 'node:timers/promises'
import { until } from '../../rehearsal/until.ts'
import { openOperator } from '../operator.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { leaveUnheard } from './ses-unheard.ts'

const held = /^Nobody knows whether the mail of an earlier attempt went out/

/**
 * As `ses-unheard`, for a kind that does not repeat a doubtful mail. The operator has a half of what is held
 * done again: once while mails go unheard, and once when everything is over.
 */
export const hold: Scenario = {
  name: 'hold',
  title: 'SES takes the mail, the worker never hears of it, and the kind has it held',
  kind: 'held-note',
  jobs: 300,
  seconds: 20,
  allows: { held },
  async play(stage, random, seconds) {
    const early = setTimeout(seconds * 750).then(() => retryHalf(stage))
    await Promise.all([leaveUnheard(stage, random, seconds), early])
  },
  async operate(stage) {
    const ids = await retryHalf(stage)
    const rows = () => stage.database('jobs').whereIn('id', ids).where({ state: 'finished' })
    const isDone = async () => (await rows().select('id')).length === ids.length
    await until('what the operator has retried is finished', isDone, { seconds: 60 })
  }
}

/** Gives the ids of the jobs that were sent back. */
async function retryHalf(stage: Stage): Promise<number[]> {
  const operator = openOperator(stage)
  const failed = await stage.database('jobs').where({ state: 'failed' }).orderBy('id')
  const chosen = failed
    .filter(({ error }) => held.test(error))
    .filter((_, place) => place % 2 === 0)
  for (const { id } of chosen) await operator.retry(id)
  operator.close()
  return chosen.map(({ id }) => id)
}
