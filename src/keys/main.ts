import { readDatabaseConfig } from '../config.ts'
import { openDatabase } from '../database.ts'
import { run } from './command.ts'

/** `npm run keys`: who may use the API, beside those of `API_KEYS`. */
async function start() {
  const [verb] = process.argv.slice(2)
  if (!verb || verb === 'help' || process.argv.includes('--help')) return await run(undefined, [])
  const database = openDatabase(readDatabaseConfig())
  return await run(database, process.argv.slice(2)).finally(() => database.destroy())
}

start().then(
  text => process.stdout.write(`${text}\n`),
  error => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  }
)

function explain(error: Error & { code?: string }) {
  const hasNoTable = error.code === 'ER_NO_SUCH_TABLE' || /no such table/.test(error.message)
  return hasNoTable ? 'The tables are not there yet: run "npm run migrate" first.' : error.message
}
