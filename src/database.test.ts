import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import mysql from 'mysql2/promise'
import { mariadbOfTests } from '../test/databases.ts'
import { needs } from '../test/needs.ts'
import { startProxy } from '../test/proxy.ts'
import { readDatabaseConfig } from './config.ts'
import { openDatabase, type Patience } from './database.ts'

const skip = needs('mariadbd')
const mariadbUrl = mariadbOfTests(skip)

async function openBehindProxy(t: TestContext, patience?: Patience) {
  const proxy = await startProxy(t, mariadbUrl())
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: proxy.url }), patience)
  t.after(() => database.destroy())
  return { proxy, database }
}

describe('a connection to MariaDB', { skip, concurrency: 4, timeout: 60_000 }, () => {
  test('a statement fails when its connection has died without a word', async t => {
    const { proxy, database } = await openBehindProxy(t, { silenceSeconds: 2 })
    await database.raw('SELECT 1')
    proxy.silence(true)
    await assert.rejects(async () => await database.raw('SELECT 1'), /not answered for 2 s/)
    proxy.silence(false)
    await database.raw('SELECT 1')
  })

  test('a connection has died when it is silent for 15 s', async t => {
    const { database } = await openBehindProxy(t)
    const connection = await database.client.acquireConnection()
    assert.equal(connection.stream.timeout, 15_000)
    await database.client.releaseConnection(connection)
  })

  test('a connection that dies after it was closed, unheard by MySQL, troubles nobody', async t => {
    const { proxy, database } = await openBehindProxy(t, { silenceSeconds: 1 })
    const connection = await database.client.acquireConnection()
    await database.client.releaseConnection(connection)
    const died = new Promise(resolve => connection.stream.once('close', resolve))
    proxy.silence(true)
    await database.destroy()
    await died
  })

  test('a connection to a server that never greets is given up', async t => {
    const { proxy, database } = await openBehindProxy(t)
    proxy.silence(true)
    const asked = async () => await database.raw('SELECT 1')
    await assert.rejects(asked, /ETIMEDOUT|Timeout acquiring/)
  })

  test('values are kept whole and apart from the statement, whatever the server is set to', async t => {
    const port = Number(new URL(mariadbUrl()).port)
    const root = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' })
    await root.query("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'")
    t.after(async () => {
      await root.query('SET GLOBAL sql_mode = DEFAULT')
      await root.end()
    })
    const { database } = await openBehindProxy(t)
    const value = "\\' OR 1 = 1 -- "
    const [[row]] = await database.raw('SELECT ? AS value', [value])
    assert.equal(row.value, value)
    await database.schema.createTable('words', table => table.string('word', 3))
    await assert.rejects(async () => await database('words').insert({ word: '豆豆豆豆' }), {
      errno: 1406
    })
  })

  test('a transaction sees what others have committed since its last statement', async t => {
    const { database } = await openBehindProxy(t)
    await database.schema.createTable('seen', table => table.integer('id').primary())
    await database.transaction(async reader => {
      assert.equal((await reader('seen')).length, 0)
      await database('seen').insert({ id: 1 })
      assert.equal((await reader('seen')).length, 1)
    })
  })

  test('a statement that waits for a lock of another is given up as a lock wait', async t => {
    const { database } = await openBehindProxy(t)
    await database.schema.createTable('rows', table => table.integer('id').primary())
    await database('rows').insert({ id: 1 })
    const holder = await database.transaction()
    await holder('rows').where({ id: 1 }).forUpdate()
    await assert.rejects(async () => await database('rows').delete(), { errno: 1205 })
    await holder.rollback()
  })
})

test('an error names its statement, and none of its values', async t => {
  for (const DATABASE_URL of ['sqlite::memory:', ...(skip ? [] : [mariadbUrl()])]) {
    const database = openDatabase(readDatabaseConfig({ DATABASE_URL }))
    t.after(() => database.destroy())
    const wrong = database('nowhere').insert({ email: 'hanako@example.jp' })
    await assert.rejects(wrong.then(), (error: Error) => {
      assert.match(error.message, /insert into .nowhere/)
      assert.ok(!error.message.includes('hanako'), error.message)
      return true
    })
  }
})

test('a server that takes no connection is an error of the statement, and no line beside the log', async t => {
  const printed = t.mock.method(console, 'log', () => {})
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: 'mysql://a:b@127.0.0.1:1/c' }))
  t.after(() => database.destroy())
  await assert.rejects(async () => await database.raw('SELECT 1'), /ECONNREFUSED/)
  assert.equal(printed.mock.callCount(), 0)
})

test('a server elsewhere must show a certificate for its own name', async t => {
  const connectionTo = (DATABASE_URL: string, more = {}) => {
    const database = openDatabase(readDatabaseConfig({ DATABASE_URL, ...more }))
    t.after(() => database.destroy())
    return database.client.config.connection
  }
  const { ssl } = connectionTo('mysql://a:b@db.example.jp/c')
  assert.equal(ssl.verifyIdentity, true)
  assert.ok(ssl.ca.length > 0 && ssl.rejectUnauthorized !== false)
  assert.equal(connectionTo('mysql://a:b@127.0.0.1/c').ssl, undefined)
  assert.equal(connectionTo('mysql://a:b@db.example.jp/c', { DATABASE_TLS: 'off' }).ssl, undefined)
})
