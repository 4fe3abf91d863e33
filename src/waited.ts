import type { Database } from './database.ts'

/** When each statement began to wait for a connection, in the order in which they get one. */
const lines = new WeakMap<Database, Map<number, number>>()

/** For how many seconds the statement has waited that is next to get a connection; 0 if none waits. */
export function waited(database: Database): number {
  const line = lines.get(database) ?? watch(database)
  const [since] = line.values()
  return since === undefined ? 0 : (performance.now() - since) / 1000
}

/** See "Events" of tarn, the pool that Knex has. */
function watch(database: Database) {
  const line = new Map<number, number>()
  const { pool } = database.client
  const leave = (id: number) => line.delete(id)
  pool.on('acquireRequest', (id: number) => line.set(id, performance.now()))
  pool.on('acquireSuccess', leave)
  pool.on('acquireFail', leave)
  lines.set(database, line)
  return line
}
