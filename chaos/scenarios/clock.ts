import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { deaths, type Scenario } from '../scenario.ts'

const minute = 60
/** Less than a lease, and much more; ahead of the others, and behind them. */
const jumps = [20, -20, 5 * minute, -5 * minute]
const holdSeconds = 9

/** The clock of one worker jumps, while the other's, the web tier's and the database's are right. */
export const clock: Scenario = {
  name: 'clock',
  title: 'the clock of a worker jumps by 20 s and by 5 minutes, ahead and back',
  kind: 'note',
  jobs: 350,
  milliseconds: 500,
  seconds: (jumps.length + 1) * holdSeconds,
  allows: deaths,
  async play({ workers: [first] }) {
    const set = (seconds: number) => {
      writeFileSync(first.clock, String(seconds * 1000))
      first.tell('SIGUSR2')
    }
    await setTimeout(holdSeconds * 1000)
    for (const seconds of jumps) {
      set(seconds)
      await setTimeout(holdSeconds * 1000)
    }
    set(0)
  }
}
