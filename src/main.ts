import type { FastifyBaseLogger } from 'fastify'
import { readTierConfig, type TierConfig } from './config.ts'
import { kinds } from './jobs/index.ts'
import { openLog } from './log.ts'
import { closePool } from './pdf/pool.ts'
import { watchClock } from './queue/clock.ts'
import { readSchedule } from './schedule.ts'
import { openServices } from './services.ts'
import { stopOnSignal } from './stop.ts'
import { startTracing } from './trace.ts'
import { buildWeb } from './web/app.ts'
import { patienceOfPeople } from './web/overload.ts'
import { workedLine } from './worked-line.ts'
import { buildWorker } from './worker/app.ts'

/**
 * Beanstalk kills a process 90 s after it has asked it to stop. The work has 60 of them, 5 more to obey,
 * and a database that has fallen silent takes 15 to be given up.
 */
const graceSeconds = 60
const mostSeconds = 85

const stopped = new Error('The process was asked to stop.')

start().catch(error => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

async function start() {
  const config = readTierConfig()
  const log = openLog({ level: config.LOG_LEVEL, base: { tier: config.TIER } })
  const opening = openTier(config, log)
  stopOnSignal(opening, log, mostSeconds)
  await opening
}

async function openTier({ TIER: tier, ...config }: TierConfig, log: FastifyBaseLogger) {
  const tracing = await startTracing(config, `beanline-${tier}`, log)
  const services = openServices(config, log, tier === 'web' ? patienceOfPeople : {})
  const clock = watchClock(services.database, log.warn.bind(log))
  await clock.measured
  const emf = services.emf.watch(tier)
  const stopping = new AbortController()
  const schedule = readSchedule()
  const app =
    tier === 'web'
      ? await buildWeb({ ...services, kinds, schedule }, stopping.signal)
      : buildWorker({ ...workedLine(services), schedule }, stopping.signal)
  await app.listen({ host: config.HOST, port: config.PORT })
  return {
    async close() {
      const deadline = setTimeout(() => stopping.abort(stopped), graceSeconds * 1000)
      await app.close()
      clearTimeout(deadline)
      await closePool()
      clock.stop()
      await emf.stop()
      await services.close()
      await tracing.stop()
    }
  }
}

function explain(error: NodeJS.ErrnoException & { port?: number }) {
  if (error.code !== 'EADDRINUSE') return error.message
  return `Port ${error.port} is taken by another program: stop it, or set PORT to a free one.`
}
