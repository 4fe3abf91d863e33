import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { readTierConfig } from './config.ts'
import { kinds } from './jobs/index.ts'
import { closePool } from './pdf/pool.ts'
import { openServices } from './services.ts'
import { buildWeb } from './web/app.ts'
import { buildWorker } from './worker/app.ts'

/** Beanstalk kills a process 90 s after it has asked it to stop; the work may use most of that. */
const graceSeconds = 60

const stopped = new Error('The process was asked to stop.')

start().catch(error => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

async function start() {
  const { TIER: tier, ...config } = readTierConfig()
  const log = pino({ level: config.LOG_LEVEL, base: { tier } })
  const services = openServices(config, log)
  const line = { ...services, kinds }
  const stopping = new AbortController()
  const build = tier === 'web' ? buildWeb : buildWorker
  const app = await build(line, stopping.signal)

  closeWithGrace({ delay: (graceSeconds + 10) * 1000, logger: log }, async () => {
    const deadline = setTimeout(() => stopping.abort(stopped), graceSeconds * 1000)
    await app.close()
    clearTimeout(deadline)
    await closePool()
    await services.close()
  })

  await app.listen({ host: config.HOST, port: config.PORT })
}

function explain(error: NodeJS.ErrnoException & { port?: number }) {
  if (error.code !== 'EADDRINUSE') return error.message
  return `Port ${error.port} is taken by another program: stop it, or set PORT to a free one.`
}
