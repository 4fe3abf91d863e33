import { mostCounted } from '../../../../queue/listing.ts'
import { amount } from '../number.ts'
import { roughDuration } from '../rough-duration.ts'
import type { Rule } from '../trouble.ts'

const minute = 60_000
/** A queue that is empty is answered within seconds, so with nothing in work this is long. */
const longIdle = 2 * minute
/** Behind others one waits; this is longer than a line that keeps up lets anybody wait. */
const longBusy = 15 * minute

const listOf = (state: string) => `/dashboard/jobs/?state=${state}`

const nothingRuns: Rule = ({ waiting, counts, time }) => {
  const waited = time - (waiting?.since ?? time)
  if (waited < longIdle || counts.running) return undefined
  return {
    isGrave: true,
    says: {
      ja: `ジョブが${roughDuration(waited, 'ja')}待っているのに、何も実行されていません。`,
      en: `A job has waited for ${roughDuration(waited, 'en')}, and nothing runs.`
    },
    remedy: {
      ja: 'ワーカーが動いているか確認してください（eb health beanline-worker）。動いていれば、sqsd のログを見てください。',
      en: 'See whether a worker is up (eb health beanline-worker); if it is, read the log of sqsd.'
    },
    section: 'A job waits and nothing happens',
    link: { href: listOf('waiting'), text: { ja: '待機中のジョブ', en: 'Jobs that wait' } }
  }
}

const longWait: Rule = ({ waiting, counts, time }) => {
  const waited = time - (waiting?.since ?? time)
  if (waited < longBusy || !counts.running) return undefined
  return {
    isGrave: false,
    says: {
      ja: `いちばん長く待っているジョブは、${roughDuration(waited, 'ja')}待っています。`,
      en: `The job that has waited longest has waited for ${roughDuration(waited, 'en')}.`
    },
    remedy: {
      ja: 'ワーカーの台数が MaxSize に達していないか、長いジョブの枠（LONG_JOBS）が埋まっていないか確認してください。',
      en: 'See whether the workers have reached MaxSize, and whether long jobs take all their places (LONG_JOBS).'
    },
    section: 'A job waits and nothing happens',
    link: { href: listOf('waiting'), text: { ja: '待機中のジョブ', en: 'Jobs that wait' } }
  }
}

const deadLetters: Rule = ({ dead }) => {
  if (typeof dead !== 'number' || dead === 0) return undefined
  const count = amount(dead, 'en')
  return {
    isGrave: true,
    says: {
      ja: `デッドレターキューにメッセージが${amount(dead, 'ja')}件あります。`,
      en:
        dead === 1
          ? 'There is a message in the dead-letter queue.'
          : `There are ${count} messages in the dead-letter queue.`
    },
    remedy: {
      ja: '原因を直してから、エラーごとに再実行するか破棄してください。',
      en: 'Mend the cause, then redrive them by their errors, or discard them.'
    },
    section: 'An alarm tells of dead letters',
    link: { href: '/dashboard/dead-letters/', text: { ja: 'デッドレター', en: 'Dead letters' } }
  }
}

const failedLately: Rule = ({ failedLately: count }) => {
  if (count === 0) return undefined
  const jobs = count === 1 ? 'A job has' : `${amount(count, 'en', mostCounted)} jobs have`
  return {
    isGrave: false,
    says: {
      ja: `直近1時間に${amount(count, 'ja', mostCounted)}件のジョブが失敗しました。`,
      en: `${jobs} failed in the last hour.`
    },
    remedy: {
      ja: 'エラーを読んで原因を直し、再実行するか破棄してください。',
      en: 'Read the errors, mend the cause, and retry the jobs or discard them.'
    },
    section: 'A job has failed',
    link: { href: listOf('failed'), text: { ja: '失敗したジョブ', en: 'Failed jobs' } }
  }
}

export const workTroubles = [nothingRuns, deadLetters, longWait, failedLately]
