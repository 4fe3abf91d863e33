import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/database.ts'
import { kinds } from '../src/jobs/index.ts'
import { enqueue } from '../src/queue/enqueue.ts'
import { type Order, readOrder } from '../src/queue/order.ts'
import { openServices } from '../src/services.ts'
import type { Storage } from '../src/storage.ts'
import { startMariadb } from '../test/mariadb.ts'
import { startRelay } from './relay.ts'
import { start } from './stage.ts'

export type Stack = Awaited<ReturnType<typeof openStack>>

/** MariaDB's counters of what reads and writes rows. */
const rowCounters = ['Com_select', 'Com_insert', 'Com_insert_select', 'Com_update', 'Com_delete']

const root = join(import.meta.dirname, '..')
const example = JSON.parse(readFileSync(join(root, 'examples/invoice.json'), 'utf8'))

/**
 * One instance of the worker tier as Beanstalk runs it (the worker, and sqsd beside it with the
 * settings of `.ebextensions`), MariaDB, and the stand-ins for SQS, S3 and SES, each a process of
 * its own on this machine.
 */
export async function openStack() {
  const children: ChildProcess[] = []
  const end = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', end)
  const mariadb = await startMariadb()
  const standIns = await begin<{ endpoint: string; queueUrl: string; mailboxUrl: string }>(
    'stand-ins'
  )
  const { endpoint, queueUrl, mailboxUrl } = standIns.ready
  const aws = await startRelay(endpoint)
  const ses = await startRelay(mailboxUrl)
  const environment = (sqs: string, mail: string) => ({
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'ap-northeast-1',
    DATABASE_URL: mariadb.url,
    QUEUE_URL: queueUrl,
    STORAGE_URL: 's3://beanline-files/bench',
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: 'http://beanline.example',
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_S3: sqs,
    AWS_ENDPOINT_URL_SES: mail
  })
  const direct = environment(endpoint, mailboxUrl)
  const counted = environment(aws.url, ses.url)
  const services = openServices(readConfig(counted), pino({ level: 'silent' }))
  await migrate(services.database)

  async function begin<Ready>(name: string, more = {}) {
    const begun = await start<Ready>(`bench/processes/${name}.ts`, more)
    children.push(begun.child)
    return begun
  }

  return {
    ...{ aws, ses, services, standIns: standIns.child },

    /** Records jobs and sends their messages, as the web tier does. */
    async order(kind: 'invoice' | 'noop', count: number) {
      const order = await orderOf(kind, services.storage)
      for (let sent = 0; sent < count; sent += 10)
        await Promise.all(
          Array.from({ length: Math.min(10, count - sent) }, () => enqueue(services, order))
        )
      await services.underway.ended()
    },

    /** The worker and its sqsd; `isCounted` puts the relays before the stand-ins. */
    async instance(isCounted = false, flags: string[] = []) {
      const env = isCounted ? counted : direct
      const worker = await begin<{ workerUrl: string }>('worker', env)
      const args = ['--http-url', worker.ready.workerUrl, '--ebextensions', '.ebextensions']
      const sqsd = fork(join(root, 'bench/processes/sqsd.ts'), [...args, ...flags], {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc']
      })
      children.push(sqsd)
      const stop = async () => {
        sqsd.kill('SIGTERM')
        // Its last receive must come back, or what SQS gives to that is hidden for a while.
        await once(sqsd, 'exit')
        worker.child.kill('SIGKILL')
      }
      return { worker: worker.child, sqsd, stop }
    },

    /** Waits until all is done that was ordered. */
    async finished() {
      while (await this.unfinished()) await setTimeout(100)
    },

    /** How many jobs are not done. */
    async unfinished(): Promise<number> {
      const states = ['waiting', 'running', 'retrying', 'failed']
      const [row] = await services.database('jobs').whereIn('state', states).count('* as count')
      return Number(row?.['count'])
    },

    /** How many statements of each sort MariaDB has been asked so far, by its own counters. */
    async statements(): Promise<Record<string, number>> {
      const [rows] = await services.database.raw("SHOW GLOBAL STATUS LIKE 'Com\\_%'")
      const found = (rows as { Variable_name: string; Value: string }[]).filter(row =>
        rowCounters.includes(row.Variable_name)
      )
      return Object.fromEntries(found.map(row => [row.Variable_name.slice(4), Number(row.Value)]))
    },

    async close() {
      end()
      aws.close()
      ses.close()
      await services.close()
      await mariadb.stop()
    }
  }
}

async function orderOf(kind: 'invoice' | 'noop', storage: Storage): Promise<Order> {
  const reading = await readOrder(kinds[0] as (typeof kinds)[0], example, storage)
  if ('problems' in reading) throw new Error('examples/invoice.json is no invoice.')
  return kind === 'invoice' ? reading.order : { ...reading.order, kind, payload: '{}' }
}
