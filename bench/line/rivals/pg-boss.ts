import { load, type Rival, type Sent } from '../rival.ts'

const queue = 'noop'
const unfinished = "SELECT count(*) FROM pgboss.job WHERE name = 'noop' AND state < 'completed'"

async function open(connectionString: string) {
  const { PgBoss } = await load('pg-boss')
  const boss = new PgBoss({ connectionString, max: 10, useListenNotify: true })
  boss.on('error', (error: Error) => process.stderr.write(`pg-boss: ${error.message}\n`))
  await boss.start()
  await boss.createQueue(queue, { notify: true })
  return boss
}

/**
 * In batches, one after the other while they are full, and woken by NOTIFY: the quickest that it knows. One by
 * one, each of its workers takes a job each time that it looks, twice a second at most.
 */
const manner = { batchSize: 20, localConcurrency: 5, burstWhenBatchFull: true }

export const rival: Rival = {
  server: 'postgres',
  async openProducer(url) {
    const boss = await open(url)
    return {
      enqueue: async job => void (await boss.send(queue, job)),
      async unfinished() {
        // Its own statistics are a minute old.
        const { rows } = await boss.getDb().executeSql(unfinished)
        return Number(rows[0].count)
      },
      close: () => boss.stop({ graceful: false })
    }
  },
  async work(url, begun) {
    const boss = await open(url)
    await boss.work(queue, manner, async (jobs: { data: Sent }[]) => {
      for (const { data } of jobs) begun(data)
    })
  }
}
