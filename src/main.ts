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

start().catch(error => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

async function start() {
  const { TIER: tier, ...config } = readTierConfig()
  const log = pino({ level: config.LOG_LEVEL, base: { tier } })
  const services = openServices(config, log)
  const line = { ...services, kinds }
  const app = tier === 'web' ? await buildWeb(line) : buildWorker(line)

  closeWithGrace({ delay: (graceSeconds + 10) * 1000, logger: log }, async () => {
    const deadline = setTimeout(() => interrupt(app), graceSeconds * 1000)
    await app.close()
    clearTimeout(deadline)
    await closePool()
    await services.close()
  })

  await app.listen({ host: config.HOST, port: config.PORT })
}

function interrupt(app: object) {
  if ('interrupt' in app && typeof app.interrupt === 'function') app.interrupt()
}

function explain(error: NodeJS.ErrnoException & { port?: number }) {
  if (error.code !== 'EADDRINUSE') return error.message
  return `Port ${error.port} is taken by another program: stop it, or set PORT to a free one.`
}
