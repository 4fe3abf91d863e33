import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** SQLITE_BUSY (sqlite.org/rescode.html). */
const busy = 5

/**
 * Makes the folder and holds it for this process, since two lines with one database would send each
 * other's jobs. SQLite's lock is the kernel's, so it is gone with the process, however that ends.
 * Gives the function that lets go; throws a sentence when another line has the folder.
 */
export function holdFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true })
    const lock = new DatabaseSync(join(folder, 'lock'))
    lock.exec('BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    const { errcode, message } = error as Error & { errcode?: number }
    const reason = errcode === busy ? 'another Beanline is running there' : message
    throw new Error(`${folder}: ${reason}. Set DATA_DIR to another folder.`, { cause: error })
  }
}
