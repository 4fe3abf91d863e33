import { setTimeout } from 'node:timers/promises'
import { slow } from '../fault.ts'
import { deaths, type Scenario } from '../scenario.ts'

/** Longer than a lease, so that the attempts that were under way are stale when it goes on. */
const pauseSeconds = 36

/** SES is slow, so that some of the attempts are stopped with a mail on its way. */
export const pause: Scenario = {
  name: 'pause',
  title: 'a worker and the sqsd of the other are stopped for longer than a lease, then go on',
  kind: 'note',
  jobs: 250,
  milliseconds: 300,
  seconds: 30,
  allows: deaths,
  async play({ workers: [first], daemons: [, second], web, relays }, random) {
    relays.ses.meddle(slow(400))
    await setTimeout(3000 + random() * 4000)
    first.pause()
    await setTimeout(2000 + random() * 4000)
    second.pause()
    web.pause()
    await setTimeout(3000)
    web.resume()
    await setTimeout(9000)
    second.resume()
    await setTimeout(pauseSeconds * 1000 - 18_000)
    first.resume()
    relays.ses.meddle()
  }
}
