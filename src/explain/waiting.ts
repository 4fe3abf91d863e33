import { mostDeaths } from '../queue/job.ts'
import { mostCounted } from '../queue/listing.ts'
import {
  type Explainer,
  type Explanation,
  errorOf,
  type Facts,
  sweepIsDown,
  type Tongue
} from './facts.ts'

/** After so long without a beginning, somebody should look. */
const patientMilliseconds = 10 * 60_000
/** The sweep, which runs every minute, has sent by then what had no message. */
const sweptMilliseconds = 120_000

/** Why a job that waits has not begun. */
export const waiting: Explainer = (facts, tongue) => {
  const found = reason(facts, tongue)
  return { why: [...(found.why ?? []), ...bounds(facts, tongue)], todo: found.todo ?? [] }
}

function reason(facts: Facts, tongue: Tongue): Partial<Explanation> {
  const { job, now } = facts
  if (job.run_at && job.run_at > now) return later(facts, tongue, job.run_at)
  if (job.sqs_message_id === null) return unsent(facts, tongue)
  if (job.queued_at > now) return later(facts, tongue, job.queued_at)
  return queued(facts, tongue)
}

function later(facts: Facts, { t, at, lasting }: Tongue, time: number): Partial<Explanation> {
  const cause = errorOf(facts)
  const pause = lasting(time - facts.now)
  return {
    why: [
      t(
        `${at(time)}まで待っています（あと${pause}）。${cause ? `理由：${cause}` : ''}`,
        `It waits until ${at(time)}, ${pause} from now${cause ? `, because: ${cause}` : '.'}`
      )
    ],
    todo: [t('何もしなくて結構です。', 'Nothing: it begins by itself.')]
  }
}

function unsent({ job, now }: Facts, { t, lasting }: Tongue): Partial<Explanation> {
  const waited = now - job.queued_at
  const why = t(
    `メッセージがまだ送られていません（${lasting(waited)}）。記録は残っているので、巡回（sweep）が1分以内に送ります。`,
    `Its message has not been sent for ${lasting(waited)}. The job is recorded, and the sweep sends one within a minute.`
  )
  if (waited < sweptMilliseconds) return { why: [why] }
  return { why: [why], todo: [sweepIsDown(t)] }
}

function queued(facts: Facts, tongue: Tongue): Partial<Explanation> {
  const { job, now, patience } = facts
  const { t, at, lasting } = tongue
  const waited = now - job.queued_at
  const comesAgain = job.state === 'retrying' && waited < patience.errorSeconds * 1000 * 2
  const since = t(
    `メッセージは${at(job.queued_at)}からキューにあります（${lasting(waited)}）。`,
    `Its message has been on the queue since ${at(job.queued_at)} (${lasting(waited)}).`
  )
  if (comesAgain)
    return {
      why: [
        since,
        t(
          `前の試行が失敗したため（${errorOf(facts)}）、同じメッセージが約${patience.errorSeconds}秒後（Web層が知るErrorVisibilityTimeout）に再び届きます。`,
          `The attempt before failed (${errorOf(facts)}), and the same message comes again after about ${patience.errorSeconds} s (ErrorVisibilityTimeout, as the web tier knows it).`
        )
      ]
    }
  const todo = waited > patientMilliseconds ? [look(facts, tongue)] : []
  return { why: [since, before(facts, tongue)], todo }
}

function before({ ahead = 0 }: Facts, { t }: Tongue): string {
  if (ahead === 0) return t('先に待っているジョブはありません。', 'No job has waited for longer.')
  const most = mostCounted.toLocaleString('en')
  const count = ahead > mostCounted ? t(`${most}件以上`, `More than ${most}`) : ahead
  return t(
    `先に待っているジョブが${ahead > mostCounted ? count : `${count}件`}あります。`,
    ahead === 1 ? '1 job is before it.' : `${count} jobs are before it.`
  )
}

function look({ ahead = 0 }: Facts, { t }: Tongue): string {
  if (ahead > 0)
    return t(
      'ワーカーが動いているか（eb health）、MaxSizeに達していないか、長時間ジョブの枠が埋まっていないかを確かめてください。',
      'See whether workers run (eb health), MaxSize is reached, or all places for long jobs are taken.'
    )
  return t(
    'ワーカーが動いているか（eb health）を確かめてください。メッセージが失われたのなら、キューが空になって2分後、遅くとも1時間後に巡回（sweep）が送り直します。',
    'See whether workers run (eb health). If its message is lost, the sweep sends another two minutes after the queue is empty, or after an hour.'
  )
}

/** What else may end its waiting. */
function bounds({ job, deadline, now }: Facts, { t, at, lasting }: Tongue): string[] {
  const sentences: string[] = []
  if (Number.isFinite(deadline))
    sentences.push(
      deadline > now
        ? t(
            `期限は${at(deadline)}です（あと${lasting(deadline - now)}）。過ぎると失敗になります。`,
            `Its deadline is ${at(deadline)}, ${lasting(deadline - now)} from now; after that it fails.`
          )
        : t(
            `期限の${at(deadline)}を過ぎているため、次のメッセージで失敗になります。`,
            `Its deadline, ${at(deadline)}, is over: it fails when its message comes.`
          )
    )
  if (job.deaths > 0)
    sentences.push(
      t(
        `このジョブの途中でワーカーが${job.deaths}回停止しました。${mostDeaths}回で失敗になります。`,
        `Its workers have died ${job.deaths} of the ${mostDeaths} times after which it fails.`
      )
    )
  return sentences
}
