import { attemptSeconds } from '../queue/job.ts'
import { attemptsOf, type Explainer, sweepIsDown } from './facts.ts'

/** Until the sweep, which comes every minute, has seen that a lease ran out. */
const seenMilliseconds = 120_000

/** What a job does that is in work, or seems to be. */
export const running: Explainer = (facts, { t, at, lasting }) => {
  const { job, now, kind } = facts
  const worker = job.claimed_by?.replace(/\/.*/, '') ?? '?'
  const since = lasting(now - (job.started_at ?? now))
  const over = now - (job.lease_until ?? now)
  const attempt = attemptsOf(facts).at(-1)?.begun.attempt ?? job.attempts
  if (over <= 0) {
    const longest = lasting((kind?.attemptSeconds ?? attemptSeconds) * 1000)
    return {
      why: [
        t(
          `試行${attempt}がワーカー ${worker} で${since}前から作業中です（${job.progress}%）。10秒ごとにリースを更新しており、最長${longest}まで続けられます。`,
          `Attempt ${attempt} has been at it for ${since} on worker ${worker} (${job.progress}%). It renews its lease every 10 s and may take up to ${longest}.`
        )
      ]
    }
  }
  const why = t(
    `試行${attempt}のワーカー ${worker} から便りがなく、リースは${at(job.lease_until ?? now)}に切れました。停止したか、データベースに接続できません。巡回（sweep）が1分以内に戻します。`,
    `Worker ${worker} of attempt ${attempt} gives no sign of life; the lease ran out at ${at(job.lease_until ?? now)}. It died or lost the database. The sweep takes the job back within a minute.`
  )
  if (over < seenMilliseconds) return { why: [why] }
  return { why: [why], todo: [sweepIsDown(t)] }
}
