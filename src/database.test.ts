import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { type Mariadb, startMariadb } from '../test/mariadb.ts'
import { needs } from '../test/needs.ts'
import { startProxy } from '../test/proxy.ts'
import { readDatabaseConfig } from './config.ts'
import { openDatabase } from './database.ts'

const skip = needs('mariadbd')
let mariadb: Mariadb
before(async () => {
  if (!skip) mariadb = await startMariadb()
})
after(() => mariadb?.stop())

async function openBehindProxy(t: TestContext) {
  const proxy = await startProxy(t, mariadb.url)
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: proxy.url }))
  t.after(() => database.destroy())
  return { proxy, database }
}

const halfMinute = { skip, timeout: 30_000 }

test('a statement fails when its connection has died without a word', halfMinute, async t => {
  const { proxy, database } = await openBehindProxy(t)
  await database.raw('SELECT 1')
  proxy.silence(true)
  await assert.rejects(async () => await database.raw('SELECT 1'), /not answered for 15 s/)
  proxy.silence(false)
  await database.raw('SELECT 1')
})

test('a connection to a server that never greets is given up', halfMinute, async t => {
  const { proxy, database } = await openBehindProxy(t)
  proxy.silence(true)
  await assert.rejects(async () => await database.raw('SELECT 1'), /ETIMEDOUT|Timeout acquiring/)
})

test('a statement that waits for a lock of another is given up as a lock wait', {
  skip
}, async t => {
  const { database } = await openBehindProxy(t)
  await database.schema.createTable('rows', table => table.integer('id').primary())
  await database('rows').insert({ id: 1 })
  const holder = await database.transaction()
  await holder('rows').where({ id: 1 }).forUpdate()
  await assert.rejects(async () => await database('rows').delete(), { errno: 1205 })
  await holder.rollback()
})
