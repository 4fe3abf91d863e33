import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openStack } from '../stack.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import { loadRival, type RivalName } from './rival.ts'

/** A queue with its servers; each measurement has a new one. */
export type Contender = {
  enqueue(count: number): Promise<void>
  /** Starts one worker; gives the processes that together are it. */
  work(): Promise<number[]>
  unfinished(): Promise<number>
  /** How many statements its database, or commands its Redis, has been asked so far. */
  statements(): Promise<number>
  /** How long jobs waited until they began, in milliseconds. */
  waits(): Promise<number[]>
  close(): Promise<void>
}

const atOnce = 10

/** Ours: MariaDB, the stand-in for SQS, and a worker with its sqsd. */
export async function openBeanline(): Promise<Contender> {
  const stack = await openStack()
  const { database } = stack.services
  let instance: Awaited<ReturnType<typeof stack.instance>> | undefined
  return {
    enqueue: count => stack.order('noop', count),
    async work() {
      instance = await stack.instance()
      return [instance.worker.pid as number, instance.sqsd.pid as number]
    },
    unfinished: async () => await stack.unfinished(),
    async statements() {
      const counts = Object.values(await stack.statements())
      return counts.reduce((sum, count) => sum + count, 0)
    },
    async waits() {
      const rows = await database('jobs').select('waiting_at', 'started_at')
      return rows.map(({ waiting_at, started_at }) => started_at - waiting_at)
    },
    async close() {
      await instance?.stop()
      await stack.close()
    }
  }
}

export async function openRival(name: RivalName): Promise<Contender> {
  const rival = await loadRival(name)
  const server = await { postgres: startPostgres, redis: startRedis }[rival.server]()
  const producer = await rival.openProducer(server.url)
  const waits: number[] = []
  let worker: ReturnType<typeof fork> | undefined
  return {
    async enqueue(count) {
      const send = () => producer.enqueue({ sentAt: Date.now() })
      for (let sent = 0; sent < count; sent += atOnce)
        await Promise.all(Array.from({ length: Math.min(atOnce, count - sent) }, send))
    },
    async work() {
      worker = fork(join(import.meta.dirname, 'worker.ts'), [name, server.url])
      worker.on('message', (message: { waits: number[] }) => waits.push(...message.waits))
      await once(worker, 'message')
      return [worker.pid as number]
    },
    unfinished: () => producer.unfinished(),
    statements: () => server.statements(),
    waits: async () => waits,
    async close() {
      worker?.kill('SIGKILL')
      await producer.close()
      await server.stop()
    }
  }
}
