import { after, before, describe } from 'node:test'
import { type Mariadb, startMariadb } from './mariadb.ts'
import { needs } from './needs.ts'

/** Runs the same tests on SQLite and on MariaDB; `url` is for use inside a test. */
export function onBothDatabases(tests: (url: () => string) => void) {
  describe('on SQLite', () => tests(() => 'sqlite::memory:'))

  const skip = needs('mariadbd')
  describe('on MariaDB', { skip }, () => tests(mariadbOfTests(skip)))
}

/** A MariaDB of the tests around, unless it is to be left out; what it gives is its URL, for use inside a test. */
export function mariadbOfTests(skip: ReturnType<typeof needs>): () => string {
  let mariadb: Mariadb
  before(async () => {
    if (!skip) mariadb = await startMariadb()
  })
  after(() => mariadb?.stop())
  return () => mariadb.url
}
