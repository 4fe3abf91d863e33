import { readConfig } from './config.ts'
import { migrate, openDatabase } from './database.ts'

const database = openDatabase(readConfig())
try {
  await migrate(database)
} finally {
  await database.destroy()
}
