import { appendFile, rename, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import { counts, gauges, samples, type Tier } from './emf-list.ts'
import { type Reading, readGauges, type Source } from './gauges.ts'
import { take } from './sample.ts'

type Unit = 'Count' | 'Seconds'
type Metric = { name: string; unit: Unit; value: number | number[] }

const minute = 60_000
/** Some days of lines; CloudWatch's agent has read them long before. */
const mostBytes = 10_000_000

/**
 * Tells CloudWatch by its embedded metric format: lines of JSON that CloudWatch Logs makes metrics of, in the namespace
 * `METRICS_EMF`; nothing where that is empty. A line must be the whole event, which those of Beanstalk's
 * web.stdout.log are not: rsyslog puts time and machine before each. So there, it is a file of its own.
 */
export function openEmf(config: Config, log: Pick<FastifyBaseLogger, 'warn'>) {
  const { METRICS_EMF: namespace, METRICS_EMF_FILE: file } = config

  let isHeard = true

  /** False if it could not be told; nobody's work fails for it, and it is said once. */
  async function tell(tier: Tier, metrics: Metric[]) {
    const line = `${JSON.stringify(document(namespace, tier, metrics))}\n`
    try {
      if (file === '') process.stdout.write(line)
      else await append(file, line)
      isHeard = true
    } catch (error) {
      if (isHeard)
        log.warn({ err: error, file }, 'metrics not told; may this process write METRICS_EMF_FILE?')
      isHeard = false
    }
    return isHeard
  }

  return {
    /** Tells each minute what this process has counted, and once more when it is asked to stop. */
    watch(tier: Tier) {
      if (namespace === '') return { stop: async () => {} }
      const growth = openGrowth(tier)
      let reported = Promise.resolve()
      // One after the other: two at once would tell the same growth.
      const report = () => {
        reported = reported.then(() => growth(metrics => tell(tier, metrics)))
        return reported
      }
      const timer = setInterval(report, minute).unref()
      return {
        async stop() {
          clearInterval(timer)
          await report()
        }
      }
    },

    /** Tells how the line stands, after a sweep. */
    async tellLine(source: Source) {
      if (namespace !== '') await tell('worker', standing(await readGauges(source)))
    }
  }
}

/** "Specification: Embedded metric format" of the CloudWatch User Guide. */
function document(Namespace: string, tier: Tier, metrics: Metric[]) {
  const Metrics = metrics.map(({ name, unit }) => ({ Name: name, Unit: unit }))
  const directive = { Namespace, Dimensions: [['Tier']], Metrics }
  return {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    Tier: tier,
    instance: hostname(),
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  }
}

/** Gives what has been counted since it was last told; what could not be told is in the next. */
function openGrowth(tier: Tier) {
  const told = new Map<string, number>()
  return async (tell: (metrics: Metric[]) => Promise<boolean>) => {
    const totals = await Promise.all(counts[tier].map(totalOf))
    const grown = totals.map(({ name, total }) => {
      const value = total - (told.get(name) ?? 0)
      return { name, unit: 'Count' as const, value }
    })
    if (await tell([...grown, ...(tier === 'worker' ? sampled() : [])]))
      for (const { name, total } of totals) told.set(name, total)
  }
}

async function totalOf({ name, counter, where = () => true }: (typeof counts)[Tier][number]) {
  const { values } = await counter.get()
  const some = values.filter(({ labels }) => where(labels))
  return { name, total: some.reduce((sum, { value }) => sum + value, 0) }
}

function sampled(): Metric[] {
  return Object.entries(samples)
    .map(([name, of]) => ({ name, unit: 'Seconds' as const, value: take(of) }))
    .filter(({ value }) => value.length > 0)
}

function standing({ rows, messages, deadLetters }: Reading): Metric[] {
  const known: Record<keyof typeof gauges, number | undefined> = {
    SweepsDone: 1,
    JobsWaiting: rows && (rows.jobs.waiting ?? 0),
    JobsRunning: rows && (rows.jobs.running ?? 0),
    JobsRetrying: rows && (rows.jobs.retrying ?? 0),
    OldestWaitingSeconds: rows?.oldestWaitingSeconds,
    OverdueLeases: rows?.overdueLeases,
    QueueVisible: messages?.visible,
    QueueInFlight: messages?.inFlight,
    QueueDelayed: messages?.delayed,
    DeadLetters: deadLetters
  }
  return (Object.keys(gauges) as (keyof typeof gauges)[]).flatMap(name => {
    const value = known[name]
    return value === undefined ? [] : [{ name, unit: gauges[name], value }]
  })
}

/** The agent that reads it follows the name, so the file may be moved away from under it. */
async function append(file: string, line: string) {
  const size = await stat(file).then(
    ({ size }) => size,
    () => 0
  )
  if (size > mostBytes) await rename(file, `${file}.1`)
  await appendFile(file, line)
}
