import { isTooLate } from '../queue/deadline.ts'
import { effectState } from '../queue/effect-state.ts'
import { mostDeaths } from '../queue/job.ts'
import { attemptsOf, type Explainer, errorOf, type Facts, type Tongue } from './facts.ts'

/** Why a job has failed, and what brings it back. */
export const failed: Explainer = (facts, tongue) => {
  const { job } = facts
  const { t } = tongue
  const why = [cause(facts, tongue)]
  if (job.file_key !== null)
    why.push(
      t(
        'ファイルはできており、本人はページから受け取れます。',
        'Its file was made, and the person can fetch it from the page of the job.'
      )
    )
  const isHeld = facts.effects.some(effect => effectState(effect, job) === 'held')
  return { why, todo: isHeld ? [] : [advice(facts, tongue)] }
}

function cause(facts: Facts, { t, at }: Tongue): string {
  const { job, deadline, now, mostReceives } = facts
  const error = errorOf(facts)
  if (isTooLate(job))
    return t(
      `期限（${at(deadline)}）までに終わらず、失敗になりました。${error}`,
      `It failed because it ran out of time (deadline ${at(deadline)}). ${error}`
    )
  if (job.dead_lettered_at !== null)
    return t(
      `メッセージが${mostReceives}回届いても始められず、デッドレターキューに移りました（${at(job.dead_lettered_at)}に発見）。`,
      `Its message was delivered ${mostReceives} times for nothing and went to the dead-letter queue (found at ${at(job.dead_lettered_at)}).`
    )
  if (job.deaths >= mostDeaths)
    return t(
      `途中でワーカーが${job.deaths}回停止したため、失敗にしました。内容が原因かもしれません。`,
      `Its worker died ${job.deaths} times, so it is not tried again: its content may be what kills them.`
    )
  const end = at(job.finished_at ?? now)
  const isLast = job.attempts >= mostOf(facts) || lastReceives(facts) >= mostReceives
  return isLast
    ? t(
        `試行${job.attempts}（最後の試行）が${end}に失敗しました：${error}`,
        `Attempt ${job.attempts}, its last, failed at ${end}: ${error}`
      )
    : t(
        `試行${job.attempts}が${end}に、やり直しても無駄な誤りで終わりました：${error}`,
        `Attempt ${job.attempts} gave up at ${end}, for an error that no retry mends: ${error}`
      )
}

const mostOf = ({ kind, mostReceives }: Facts) => kind?.retries?.most ?? mostReceives

const lastReceives = (facts: Facts) =>
  facts.kind?.retries ? 0 : (attemptsOf(facts).at(-1)?.begun.receives ?? 0)

function advice({ job }: Facts, { t }: Tongue): string {
  if (isTooLate(job))
    return t(
      'まだ必要なら「再実行」で新しい期限が始まります。不要なら「破棄」してください。',
      'If it is still wanted, Retry begins its time anew; else Discard it.'
    )
  if (job.dead_lettered_at !== null)
    return t(
      'ワーカーが応答しているかを確かめ（eb health、ログ）、原因がなくなってから「再実行」してください。',
      'See why no worker could take it (eb health, the log), and Retry when the cause is gone.'
    )
  if (job.deaths >= mostDeaths)
    return t(
      'ログで「its worker died」とメモリを確かめてください。ほかのジョブも同じなら機械が原因です。「再実行」は一度だけにしてください。',
      'Look for "its worker died" and the memory in the log. If other jobs died with it, the machine was the cause. Retry once.'
    )
  return t(
    '原因を直してから「再実行」してください。不要なら「破棄」してください。',
    'Mend the cause and Retry, or Discard it.'
  )
}
