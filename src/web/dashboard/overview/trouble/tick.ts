import { duration } from '../duration.ts'
import { amount } from '../number.ts'
import type { Rule } from '../trouble.ts'

const minute = 60_000
/** The sweep is due every minute. */
const longSilence = 5 * minute
/** Behind a long queue a task runs once in ten minutes (tick.ts). */
const longSilenceInQueue = 15 * minute

const noSweep: Rule = ({ time, lastSweepAt, firstRecordedAt, messages }) => {
  const isQueued = messages instanceof Error || messages.visible > 0
  const silence = time - (lastSweepAt ?? firstRecordedAt ?? time)
  if (silence < (isQueued ? longSilenceInQueue : longSilence)) return undefined
  const never = lastSweepAt === undefined
  return {
    isGrave: true,
    says: {
      ja: never
        ? '定期タスクが一度も実行されていません。'
        : `定期タスクが止まっています。最後の sweep は${duration(silence, 'ja')}前でした。`,
      en: never
        ? 'No periodic task has ever run.'
        : `Periodic tasks have stopped: the last sweep was ${duration(silence, 'en')} ago.`
    },
    remedy: {
      ja: 'これが動かない間、失われたメッセージは送り直されません。eb events beanline-worker に「Successfully loaded 5 scheduled tasks」があるか、ワーカーが動いているか確認してください。',
      en: 'Until it comes, nothing that is lost is sent again. See whether a worker is up, and whether eb events beanline-worker says “Successfully loaded 5 scheduled tasks”.'
    },
    section: 'A tick was missed or skipped'
  }
}

const unswept: Rule = ({ unswept: count }) => {
  if (count === 0) return undefined
  const leases = count === 1 ? 'The lease of a job' : `The leases of ${amount(count, 'en')} jobs`
  return {
    isGrave: true,
    says: {
      ja: `リースが2分以上前に切れた実行中のジョブが${amount(count, 'ja')}件あり、まだ回収されていません。`,
      en: `${leases} ran out more than two minutes ago, and no sweep has come to that.`
    },
    remedy: {
      ja: 'sweep が毎分動いているか、エラーで終わっていないか、ワーカーのログで確認してください（「task done」）。',
      en: 'See in the worker’s log whether the sweep runs each minute and ends well (“task done”).'
    },
    section: 'A job waits and nothing happens',
    link: {
      href: '/dashboard/jobs/?state=running',
      text: { ja: '実行中のジョブ', en: 'Jobs in progress' }
    }
  }
}

const missed: Rule = ({ missed: tasks }) => {
  if (tasks.length === 0) return undefined
  const list = tasks.map(([task, count]) => `${task}: ${count}`).join(', ')
  return {
    isGrave: false,
    says: {
      ja: `直近24時間に実行されなかった定期タスクの回があります（${list}）。`,
      en: `Runs of periodic tasks were missed in the last 24 hours (${list}).`
    },
    remedy: {
      ja: '今動いていれば何もする必要はありません。次の回が残りを片付けます。digest だけは、代わりにこの画面を見てください。',
      en: 'If they run now there is nothing to do, for the next run does what was left; only a digest that was missed does not come.'
    },
    section: 'A tick was missed or skipped'
  }
}

export const tickTroubles = [noSweep, unswept, missed]
