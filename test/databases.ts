import { after, before, describe } from 'node:test'
import { type Mariadb, startMariadb } from './mariadb.ts'
import { needs } from './needs.ts'

/** Runs the same tests on SQLite and on MariaDB; `url` is for use inside a test. */
export function onBothDatabases(tests: (url: () => string) => void) {
  describe('on SQLite', () => tests(() => 'sqlite::memory:'))

  describe('on MariaDB', { skip: needs('mariadbd') }, () => {
    let mariadb: Mariadb
    before(async () => {
      mariadb = await startMariadb()
    })
    after(() => mariadb.stop())
    tests(() => mariadb.url)
  })
}
