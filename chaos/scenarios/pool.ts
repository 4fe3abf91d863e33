import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'

/** Longer than the tiers wait for a connection of their pool (10 s), shorter than a silence they take for a failure. */
const lockSeconds = 12
const fewConnections = 4

/** The table is locked, so that every connection hangs in a statement; then the server takes no more of them. */
export const pool: Scenario = {
  name: 'pool',
  title:
    'every connection of the pools hangs for 12 s; then the database refuses new ones for 10 s',
  kind: 'note',
  jobs: 400,
  seconds: 30,
  async play({ mariadb, name }, random) {
    const root = await mariadb.openRoot()
    try {
      await setTimeout(3000 + random() * 3000)
      await root.query(`LOCK TABLES \`${name}\`.jobs WRITE`)
      await setTimeout(lockSeconds * 1000)
      await root.query('UNLOCK TABLES')
      await setTimeout(2000)
      await root.query(
        `ALTER USER beanline@'127.0.0.1' WITH MAX_USER_CONNECTIONS ${fewConnections}`
      )
      await setTimeout(10_000)
    } finally {
      await root.query("ALTER USER beanline@'127.0.0.1' WITH MAX_USER_CONNECTIONS 0")
      await root.end()
    }
  }
}
