import { load, type Rival, type Sent } from '../rival.ts'

const name = 'noop'
/** Kept forever otherwise, which only costs memory. */
const removal = { removeOnComplete: true }

const connectionTo = (url: string) => {
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port), maxRetriesPerRequest: null }
}

export const rival: Rival = {
  server: 'redis',
  async openProducer(url) {
    const { Queue } = await load('bullmq')
    const queue = new Queue(name, { connection: connectionTo(url), defaultJobOptions: removal })
    return {
      enqueue: async job => void (await queue.add(name, job)),
      async unfinished() {
        const counts: Record<string, number> = await queue.getJobCounts('wait', 'active', 'delayed')
        return Object.values(counts).reduce((sum, count) => sum + count, 0)
      },
      close: () => queue.close()
    }
  },
  async work(url, begun) {
    const { Worker } = await load('bullmq')
    const handle = async ({ data }: { data: Sent }) => begun(data)
    new Worker(name, handle, { connection: connectionTo(url), concurrency: 50 })
  }
}
