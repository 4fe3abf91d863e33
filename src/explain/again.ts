import { attemptsOf, type Explainer, type Facts, nameOf, type Tongue, workerOf } from './facts.ts'
import { type Attempt, tookOf } from './passage.ts'

/** Older ones are in the timeline below. */
const mostTold = 4

/** Why each attempt after the first has begun. */
export const again: Explainer = (facts, tongue) => {
  const attempts = attemptsOf(facts)
  const told = attempts.slice(1).map((next, index) => {
    const before = attempts[index] as Attempt
    return sentence(before, next, facts, tongue)
  })
  const left = told.length - mostTold
  const { t } = tongue
  const more = t(
    `それより前にも${left}回やり直しています。下の経過をご覧ください。`,
    left === 1
      ? 'There was one more attempt before; see the timeline below.'
      : `There were ${left} more attempts before; see the timeline below.`
  )
  return { why: left > 0 ? [more, ...told.slice(left)] : told }
}

function sentence(before: Attempt, next: Attempt, facts: Facts, tongue: Tongue): string {
  const { t, lasting } = tongue
  const first = nameOf(before, tongue)
  const second = nameOf(next, tongue)
  const worker = workerOf(before, tongue)
  const took = lasting(tookOf(before, facts.now))
  const pause = lasting(next.begun.at - (before.ended?.at ?? before.begun.at))
  const later = t(`${pause}後に${second}が始まりました`, `${second} began ${pause} later`)
  const error = before.ended?.error ?? ''
  if (facts.passages.some(one => 'entry' in one && isOrder(one.entry, before, next)))
    return t(
      `運用担当者が再実行を指示したため、${second}が始まりました。`,
      `The operator sent the job back, so ${second} began.`
    )
  switch (before.ended?.what) {
    case 'taken over':
      return t(
        `${first}は、ワーカー ${worker} が停止したかデータベースに接続できなくなったため、リースが切れました。開始から${took}後に${second}が引き継ぎました。`,
        `The lease of ${first} ran out because its worker ${worker} died or lost the database; ${second} took the job over ${took} after that attempt had begun.`
      )
    case 'released':
      return t(
        `${first}のワーカー ${worker} が停止したかデータベースに接続できなくなったため、開始から${took}後に巡回（sweep）が戻しました。${later}。`,
        `The worker ${worker} of ${first} died or lost the database; the sweep took the job back ${took} after that attempt had begun, and ${later}.`
      )
    case 'handed back':
      return t(
        `${first}のワーカー ${worker} が停止の指示（デプロイや縮小）を受け、ジョブを返しました。失敗には数えません。${later}。`,
        `The worker ${worker} of ${first} was told to stop (a deploy, or fewer instances) and handed the job back; that does not count as a failure. Then ${later}.`
      )
    case 'postponed':
      return t(
        `${first}は${took}で終わり、時間をおいてのやり直しになりました（${error}）。${later}。`,
        `${capital(first)} ended after ${took} and asked to be run again later (${error}); ${later}.`
      )
    default:
      return t(
        `${first}は${took}で失敗しました（${error}）。メッセージが再び届き、${later}。`,
        `${capital(first)} failed after ${took} (${error}). Its message came again, and ${later}.`
      )
  }
}

/** The operator's order to retry, between two attempts. */
function isOrder({ what, at }: Attempt['begun'], before: Attempt, next: Attempt) {
  return what === 'requeued' && at >= (before.ended?.at ?? before.begun.at) && at <= next.begun.at
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
