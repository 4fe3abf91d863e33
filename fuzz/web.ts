import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/database.ts'
import { kinds } from '../src/jobs/index.ts'
import { openServices } from '../src/services.ts'
import { buildWeb } from '../src/web/app.ts'

/** The web tier within this thread; each request comes from another address, whom no limit holds up. */
export async function openWeb() {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-fuzz-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({
    DATABASE_URL: 'sqlite::memory:',
    QUEUE_URL: 'http://127.0.0.1:1/queue',
    STORAGE_URL: `file:${folder}`,
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://beanline.example',
    API_KEYS: 'local'
  })
  const services = openServices(config, pino({ level: 'silent' }))
  await migrate(services.database)
  const app = await buildWeb({ ...services, kinds })
  let count = 0
  return async (url: string, payload: Buffer, headers: Record<string, string>) => {
    count += 1
    const remoteAddress = [11, count >> 16, (count >> 8) & 255, count & 255].join('.')
    const answer = await app.inject({ method: 'POST', url, payload, headers, remoteAddress })
    return { status: answer.statusCode, body: answer.body }
  }
}
