import { escapeHtml } from '../html.ts'
import type { Services } from '../services.ts'
import { now } from './clock.ts'
import type { Job } from './job.ts'
import { missedSince } from './missed.ts'
import type { State } from './state.ts'

/** Whether a mail was sent, and what it told of. */
export type Digest = { mailed: boolean; finished: number; failed: number }

const day = 86_400_000
/** How many failed jobs are named. */
const listed = 20

/** Mails the operator what became of the jobs of the last 24 hours; nothing without `OPERATOR_MAIL`. */
export async function digest({ database, mail, config }: Services): Promise<Digest> {
  const since = now(database) - day
  const counted = async (state: State) => {
    const rows = database('jobs').where({ state }).where('finished_at', '>=', since)
    const [row] = await rows.count({ count: '*' })
    return Number(row?.['count'])
  }
  const [finished, failed] = [await counted('finished'), await counted('failed')]
  const facts = { finished, failed }
  if (config.OPERATOR_MAIL === '') return { mailed: false, ...facts }
  const jobs = await database<Job>('jobs')
    .where({ state: 'failed' })
    .where('finished_at', '>=', since)
    .orderBy('finished_at', 'desc')
    .limit(listed)
  const missed = await missedSince(database, since)
  const text = compose(facts, jobs, missed, config.PUBLIC_URL)
  const subject = `Beanline: ${finished} finished, ${failed} failed`
  const html = `<pre>${escapeHtml(text)}</pre>`
  await mail.send({ to: config.OPERATOR_MAIL, subject, text, html })
  return { mailed: true, ...facts }
}

function compose(
  facts: Omit<Digest, 'mailed'>,
  jobs: Job[],
  missed: [string, number][],
  publicUrl: string
) {
  const { finished, failed } = facts
  const lines = jobs.map(({ id, kind, error }) => `${id}  ${kind}  ${error?.split('\n')[0] ?? ''}`)
  const more = failed > jobs.length ? [`and ${failed - jobs.length} more`] : []
  return [
    'The last 24 hours:',
    `  finished ${finished}, failed ${failed}`,
    ...missed.map(([task, count]) => `  ticks of cron.yaml that never came: ${task} ${count}`),
    ...(failed > 0 ? ['', 'Failed, to be retried or discarded:', ...lines, ...more] : []),
    '',
    new URL('/dashboard/jobs/?state=failed', publicUrl).href
  ].join('\n')
}
