import { setTimeout } from 'node:timers/promises'
import type { Random } from '../../capacity/random.ts'
import { deaths, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const kills = 10

/** Any process, every few seconds; each is back a second later. */
export const kill: Scenario = {
  name: 'kill',
  title: 'kill -9 of web, workers and sqsd at random, every 1.5 to 4 s',
  kind: 'invoice',
  jobs: 300,
  seconds: 25,
  allows: deaths,
  async play({ instances }: Stage, random: Random) {
    for (let count = 0; count < kills; count += 1) {
      await setTimeout(1500 + random() * 2500)
      await instances[Math.floor(random() * instances.length)]?.kill()
    }
  }
}
