import { load, type Rival, type Sent } from '../rival.ts'

export const rival: Rival = {
  server: 'postgres',
  async openProducer(connectionString) {
    const { makeWorkerUtils } = await load('graphile-worker')
    const worker = await makeWorkerUtils({ connectionString, maxPoolSize: 10 })
    await worker.migrate()
    return {
      enqueue: async job => void (await worker.addJob('noop', job)),
      async unfinished() {
        const { rows } = await worker.withPgClient(
          (client: { query(sql: string): Promise<{ rows: { count: string }[] }> }) =>
            client.query('SELECT count(*) FROM graphile_worker.jobs')
        )
        return Number(rows[0]?.count)
      },
      close: () => worker.release()
    }
  },
  async work(connectionString, begun) {
    const { run, Logger } = await load('graphile-worker')
    await run({
      connectionString,
      concurrency: 10,
      maxPoolSize: 12,
      pollInterval: 500,
      logger: new Logger(() => () => {}),
      taskList: { noop: async (job: unknown) => begun(job as Sent) }
    })
  }
}
