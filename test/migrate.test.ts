import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { readDatabaseConfig } from '../src/config.ts'
import { type Database, openDatabase } from '../src/database.ts'
import { eventually } from './engine.ts'
import { type Mariadb, startMariadb } from './mariadb.ts'
import { needs } from './needs.ts'

const program = join(import.meta.dirname, '../src/migrate.ts')
const skip = needs('mariadbd')

let mariadb: Mariadb
before(async () => {
  if (!skip) mariadb = await startMariadb()
})
after(() => mariadb?.stop())

/** `npm run migrate` in a process of its own. */
function start(t: TestContext) {
  const child = spawn(process.execPath, [program], { env: { DATABASE_URL: mariadb.url } })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', data => {
    said += data
  })
  const ended = once(child, 'close').then(([code]) => ({ code, said }))
  return { child, ended }
}

function open(t: TestContext): Database {
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: mariadb.url }))
  t.after(() => database.destroy())
  return database
}

async function indexesOf(database: Database) {
  const [rows] = await database.raw('SHOW INDEX FROM jobs')
  return new Set(rows.map(({ Key_name }: { Key_name: string }) => Key_name))
}

test('migrations that start at once all succeed', { skip }, async t => {
  const database = open(t)
  const ends = await Promise.all(Array.from({ length: 4 }, () => start(t).ended))
  assert.deepEqual(
    ends,
    ends.map(() => ({ code: 0, said: '' }))
  )
  const files = readdirSync(join(import.meta.dirname, '../migrations'))
  const migrations = files.filter(name => /^\d/.test(name))
  assert.equal((await database('knex_migrations')).length, migrations.length)
})

test('a migration does not make all others wait behind a long transaction', {
  skip,
  timeout: 60_000
}, async t => {
  const database = open(t)
  await start(t).ended
  await database.schema.alterTable('jobs', table => table.dropColumn('more_files'))
  await database('knex_migrations').where({ name: '004-more-files' }).delete()
  const holder = await database.transaction()
  await holder('jobs').first()

  const { ended } = start(t)
  const waits = { state: 'Waiting for table metadata lock' }
  await eventually(() => database('information_schema.processlist').where(waits).first())
  await database('jobs').first()
  const { code, said } = await ended
  assert.equal(code, 1)
  assert.match(said, /A transaction has held .* for more than 5 s.* and migrate again\.\n$/)

  await holder.rollback()
  assert.deepEqual(await start(t).ended, { code: 0, said: '' })
  assert.equal(await database.schema.hasColumn('jobs', 'more_files'), true)
})

test('after a migration that was killed in the middle, the next one succeeds', {
  skip
}, async t => {
  const database = open(t)
  for (const table of ['jobs', 'effects']) await database.schema.dropTableIfExists(table)
  await database('knex_migrations').delete()
  const gate = await database.client.acquireConnection()
  await database.raw('LOCK TABLES knex_migrations READ').connection(gate)
  const killed = start(t)
  await eventually(() => database.schema.hasTable('effects'))
  killed.child.kill('SIGKILL')
  await killed.ended
  await database.raw('UNLOCK TABLES').connection(gate)
  database.client.releaseConnection(gate)

  assert.deepEqual(await start(t).ended, { code: 0, said: '' })
  const names = ['PRIMARY', 'jobs_token_unique', 'jobs_idempotency_key_unique']
  const sweeps = [
    'jobs_state_queued_at_index',
    'jobs_state_id_index',
    'jobs_state_finished_at_waiting_at_index'
  ]
  const searches = [
    'jobs_kind_state_id_index',
    'jobs_waiting_at_index',
    'jobs_email_index',
    'jobs_search_number_index',
    'jobs_search_name_index'
  ]
  assert.deepEqual(await indexesOf(database), new Set([...names, ...sweeps, ...searches]))
})

test('tables that a migration was killed over are made anew, and finished ones are kept', {
  skip
}, async t => {
  const database = open(t)
  await database('effects').insert({ job_id: 1, step: 'mail', fencing_token: 1, began_at: 1 })
  await database.schema.dropTable('jobs')
  await database.schema.createTable('jobs_draft', table => table.increments())
  await database('knex_migrations').delete()
  assert.deepEqual(await start(t).ended, { code: 0, said: '' })
  assert.equal((await indexesOf(database)).size, 11)
  assert.equal((await database('effects')).length, 1)
})
