import { attemptSeconds } from '../queue/job.ts'
import { attemptsOf, type Explainer, type Facts, nameOf } from './facts.ts'
import { type Attempt, tookOf } from './passage.ts'

/** An attempt that took longer than sqsd waits for its answer, so that its message came a second time. */
export const cut: Explainer = (facts, tongue) => {
  const { t, lasting } = tongue
  const { inactivitySeconds } = facts.patience
  const long = attemptsOf(facts).find(
    attempt => !isLong(facts) && tookOf(attempt, facts.now) > inactivitySeconds * 1000
  )
  if (!long) return {}
  const took = lasting(tookOf(long, facts.now))
  return {
    why: [
      t(
        `${nameOf(long, tongue)}は${took}かかりましたが、sqsdは${inactivitySeconds}秒（InactivityTimeout）で接続を切り、同じメッセージをもう一度届けます（Web層が知るかぎりの値です。環境に直接設定した値はここでは分かりません）。`,
        `The work of ${nameOf(long, tongue)} took ${took}, but sqsd cuts the connection after ${inactivitySeconds} s (InactivityTimeout, as far as the web tier knows: what is set on the environment itself is not seen here) and brings the same message again.`
      )
    ],
    todo: [
      t(
        `.ebextensions/30-worker-sqsd.config の InactivityTimeout を伸ばすか、種類に attemptSeconds（${attemptSeconds}秒超）を宣言して長時間ジョブにしてください。`,
        `Raise InactivityTimeout in .ebextensions/30-worker-sqsd.config, or declare the kind long (attemptSeconds over ${attemptSeconds}).`
      )
    ]
  }
}

/** Deliveries of the same message that began nothing: the receive count of the next attempt tells of them. */
export const refused: Explainer = (facts, { t }) => {
  const count = attemptsOf(facts).reduce(
    (sum, attempt, index, all) => sum + unseenBefore(attempt, all[index - 1]),
    0
  )
  if (count === 0) return {}
  return {
    why: [
      t(
        `メッセージはこのほかに${count}回届きましたが、始まりませんでした。別の試行が作業中だったか、まだ時刻でなかった（409）、または応答できるワーカーがありませんでした。`,
        `Its message was delivered ${times(count)} more without beginning anything: another attempt was at work or it was too early (409), or no worker could answer.`
      )
    ]
  }
}

function unseenBefore({ begun }: Attempt, before?: Attempt) {
  const isSame = before?.begun.message === begun.message
  return Math.max(0, (begun.receives ?? 1) - (isSame ? (before?.begun.receives ?? 0) : 0) - 1)
}

/** A message that was sent again although nothing had happened since: the one before seemed lost. */
export const resent: Explainer = ({ passages }, { t, at }) => {
  const last = passages.findLast((passage, index) => {
    const before = passages[index - 1]
    return isSent(passage) && before !== undefined && isSent(before)
  })
  if (!last || !('entry' in last)) return {}
  const time = at(last.entry.at)
  return {
    why: [
      t(
        `前のメッセージが失われたと思われたため、巡回（sweep）が${time}に送り直しました。両方届いても、始まるのは一度だけです。`,
        `Its earlier message seemed lost, so the sweep sent another at ${time}. Should both arrive, only one begins the job.`
      )
    ]
  }
}

const isSent = (passage: Facts['passages'][number]) =>
  'entry' in passage && passage.entry.what === 'sent'

const isLong = ({ kind }: Pick<Facts, 'kind'>) => (kind?.attemptSeconds ?? 0) > attemptSeconds

/** How often, in English. */
const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
