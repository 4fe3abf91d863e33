import { attemptsOf, type Explainer, type Facts, type Tongue } from './facts.ts'
import { tookOf } from './passage.ts'

/** How a job came to its end that has not failed. */
export const finished: Explainer = (facts, { t, at, lasting }) => {
  const { job, now } = facts
  const end = job.finished_at ?? now
  const last = attemptsOf(facts).at(-1)
  const worked = last ? tookOf(last, now) : end - (job.started_at ?? end)
  const whole = lasting(end - job.waiting_at)
  return {
    why: [
      t(
        `${at(end)}に完了しました。受付から${whole}、最後の試行の作業は${lasting(worked)}でした。`,
        `It finished at ${at(end)}, ${whole} after it was recorded; the work of the last attempt took ${lasting(worked)}.`
      ),
      ...(job.file_name !== null && job.file_key === null
        ? [t('ファイルは期限が過ぎて削除されました。', 'Its file has expired and was deleted.')]
        : [])
    ]
  }
}

export const cancelled: Explainer = (facts, tongue) => {
  const wasAtWork = attemptsOf(facts).at(-1)?.ended?.what === 'cancelled'
  const { t } = tongue
  return {
    why: [
      t(
        `運用担当者が${timeOf(facts, tongue)}に取り消しました。`,
        `An operator cancelled it at ${timeOf(facts, tongue)}.`
      ),
      ...(wasAtWork
        ? [
            t(
              '作業中でした。SESに渡した直後のメールは届くことがあります。',
              'An attempt was at it then; a mail that it had just handed to SES may still arrive.'
            )
          ]
        : [])
    ]
  }
}

export const discarded: Explainer = (facts, tongue) => ({
  why: [
    tongue.t(
      `失敗のあと、運用担当者が${timeOf(facts, tongue)}に破棄しました。本人のページからファイルは取れません。`,
      `It had failed, and an operator discarded it at ${timeOf(facts, tongue)}. The person's page gives no file.`
    )
  ]
})

function timeOf({ passages, job, now }: Facts, { at }: Tongue) {
  const last = passages.at(-1)
  const entry = last && ('entry' in last ? last.entry : last.attempt.ended)
  return at(entry?.at ?? job.finished_at ?? now)
}
