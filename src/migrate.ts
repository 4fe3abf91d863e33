import { readDatabaseConfig } from './config.ts'
import { migrate, openDatabase } from './database.ts'

/** `npm run migrate`: once for each deploy, before the new version starts. */
async function start() {
  const database = openDatabase(readDatabaseConfig(), { silenceSeconds: 0 })
  await migrate(database).finally(() => database.destroy())
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
