import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'

/** The rows that were committed are there again; what was not is nobody's promise. */
export const databaseKill: Scenario = {
  name: 'database-kill',
  title: 'MariaDB is killed twice, and is back after 4 s',
  kind: 'invoice',
  jobs: 300,
  seconds: 25,
  async play({ mariadb }, random, seconds) {
    for (let count = 0; count < 2; count += 1) {
      await setTimeout(seconds * (150 + random() * 150))
      await mariadb.kill()
      await setTimeout(seconds * 160)
      await mariadb.restart()
    }
  }
}
