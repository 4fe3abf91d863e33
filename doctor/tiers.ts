import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/database.ts'
import { kinds } from '../src/jobs/index.ts'
import { openServices } from '../src/services.ts'
import { buildWeb } from '../src/web/app.ts'
import { buildWorker, tasks } from '../src/worker/app.ts'

/** The names of the worker's tasks, which cron.yaml must call. */
export const taskNames = Object.keys(tasks)

/** Never called: nothing is sent by an empty database. */
const nowhere = {
  DATABASE_URL: 'sqlite::memory:',
  QUEUE_URL: 'http://127.0.0.1:9/queue',
  STORAGE_URL: 'file:.',
  MAIL_FROM: 'doctor@example.jp',
  PUBLIC_URL: 'http://example.jp'
}

export type Tiers = Awaited<ReturnType<typeof buildTiers>>

/** Both tiers as they are, in this process, on an empty database in memory; they listen nowhere. */
async function buildTiers() {
  const services = openServices(readConfig(nowhere), pino({ level: 'silent' }))
  await migrate(services.database)
  const line = { ...services, kinds }
  const worker = buildWorker(line)
  const web = await buildWeb(line)
  return {
    bodyLimits: { web: web.initialConfig.bodyLimit, worker: worker.initialConfig.bodyLimit },
    /** How the worker answers a POST of sqsd with an empty message. */
    async post(url: string): Promise<number> {
      const headers = { 'user-agent': 'aws-sqsd/3.0.5', 'content-type': 'application/json' }
      return (await worker.inject({ method: 'POST', url, headers, payload: '' })).statusCode
    },
    /** How the web tier answers the health check, whose Host is the address of the instance. */
    async check(url: string): Promise<number> {
      return (await web.inject({ url, headers: { host: '172.31.0.1' } })).statusCode
    },
    async close() {
      await web.close()
      await worker.close()
      await services.close()
    }
  }
}

let opened: Promise<Tiers> | undefined

/** The tiers, built once. */
export function openTiers(): Promise<Tiers> {
  opened ??= buildTiers()
  return opened
}

export async function closeTiers() {
  await (await opened)?.close()
  opened = undefined
}
