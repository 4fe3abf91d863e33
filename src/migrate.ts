import { readDatabaseConfig } from './config.ts'
import { migrate, openDatabase, type Patience } from './database.ts'

/**
 * A change of a table waits for the transactions that use it, and meanwhile all that come later wait behind the
 * change. It is given up before they notice; the work itself may take as long as it likes.
 */
const patience = { silenceSeconds: 0, tableLockSeconds: 5 } satisfies Patience

const held = `A transaction has held what the migration changes for more than ${patience.tableLockSeconds} s, and everybody would have waited behind it. What was done before is kept: wait for the transaction, or end it (KILL its trx_mysql_thread_id, from information_schema.INNODB_TRX), and migrate again.`

/** `npm run migrate`: once for each deploy, before the new version starts. */
async function start() {
  const database = openDatabase(readDatabaseConfig(), patience)
  await migrate(database).finally(() => database.destroy())
}

start().catch(error => {
  process.stderr.write(`${error.errno === 1205 ? held : error.message}\n`)
  process.exit(1)
})
