import { amount } from '../number.ts'
import { roughDuration } from '../rough-duration.ts'
import type { Sight } from '../sight.ts'
import type { Rule } from '../trouble.ts'

const minute = 60_000
/** The sweep is due every minute. */
const longSilence = 5 * minute
/** Behind a long queue a task runs once in ten minutes (tick.ts). */
const longSilenceInQueue = 15 * minute

const section = 'A tick was missed or skipped'
const page = '/dashboard/periodic/'
const pageLink = {
  href: page,
  text: { ja: '定期タスクを見る', en: 'See the periodic tasks' }
}

/** How long no tick of any task has come, where that is too long, in milliseconds. */
function silenceOf({ tasks, ...sight }: Sight): number | undefined {
  const times = tasks.flatMap(({ cameAt }) => cameAt ?? [])
  return tooLong(sight, times.length > 0 ? Math.max(...times) : undefined)
}

function tooLong(
  { time, firstRecordedAt, messages }: Pick<Sight, 'time' | 'firstRecordedAt' | 'messages'>,
  since: number | undefined
): number | undefined {
  const isQueued = messages instanceof Error || messages.visible > 0
  const silence = time - (since ?? firstRecordedAt ?? time)
  return silence < (isQueued ? longSilenceInQueue : longSilence) ? undefined : silence
}

const noTick: Rule = sight => {
  const silence = silenceOf(sight)
  if (silence === undefined) return undefined
  const never = sight.tasks.every(({ cameAt }) => cameAt === undefined)
  return {
    isGrave: true,
    says: {
      ja: never
        ? '定期タスクが一度も実行されていません。'
        : `定期タスクが止まっています。最後に来たのは${roughDuration(silence, 'ja')}前でした。`,
      en: never
        ? 'No periodic task has ever run.'
        : `Periodic tasks have stopped: the last tick came ${roughDuration(silence, 'en')} ago.`
    },
    remedy: {
      ja: 'これが動かない間、失われたメッセージは送り直されません。eb events beanline-worker に「Successfully loaded 5 scheduled tasks」があるか、ワーカーが動いているか確認してください。',
      en: 'Until they come, nothing that is lost is sent again. See whether a worker is up, and whether eb events beanline-worker says “Successfully loaded 5 scheduled tasks”.'
    },
    section,
    link: pageLink
  }
}

/** Ticks come, but not one sweep was done. */
const noSweep: Rule = sight => {
  const silence = tooLong(sight, sight.lastSweepAt)
  if (silence === undefined || silenceOf(sight) !== undefined) return undefined
  return {
    isGrave: true,
    says: {
      ja: `定期タスクは来ていますが、sweep が${roughDuration(silence, 'ja')}完了していません。`,
      en: `Ticks come, but no sweep has been done for ${roughDuration(silence, 'en')}.`
    },
    remedy: {
      ja: 'これが動かない間、失われたメッセージは送り直されません。実行の記録でエラーを読んでください。',
      en: 'Until it is, nothing that is lost is sent again. Read the errors of its ticks.'
    },
    section,
    link: { href: `${page}sweep`, text: { ja: 'sweep の記録', en: 'Ticks of the sweep' } }
  }
}

const failing: Rule = ({ tasks }) => {
  const failed = tasks.filter(({ hasFailed }) => hasFailed).map(({ task }) => task)
  if (failed.length === 0) return undefined
  const list = failed.join(', ')
  return {
    isGrave: false,
    says: {
      ja: `定期タスクの前回の実行が失敗しています（${list}）。`,
      en: `The last run of a periodic task has failed (${list}).`
    },
    remedy: {
      ja: 'エラーを読んで原因を直してください。sqsd がもう一度届けます。今すぐ実行することもできます。',
      en: 'Read the error and mend the cause. sqsd brings it again; you can also run it now.'
    },
    section,
    link: pageLink
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
    section,
    link: pageLink
  }
}

export const tickTroubles = [noTick, noSweep, unswept, failing, missed]
