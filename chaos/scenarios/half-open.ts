import { setTimeout } from 'node:timers/promises'
import { swallow } from '../fault.ts'
import type { Scenario } from '../scenario.ts'

/** Longer than the silence after which the tiers give a connection up. */
const silentSeconds = 18

/** As when a router forgets its connections: nobody hears that they are gone. */
export const halfOpen: Scenario = {
  name: 'half-open',
  title: 'the connections to the database, then those to SQS, S3 and SES fall silent for 18 s',
  kind: 'note',
  jobs: 300,
  seconds: 40,
  async play({ proxy, relays }, random) {
    await setTimeout(2000 + random() * 3000)
    proxy.silence(true)
    await setTimeout(silentSeconds * 1000)
    proxy.silence(false)
    await setTimeout(3000)
    for (const relay of Object.values(relays)) relay.meddle(swallow)
    await setTimeout(silentSeconds * 1000)
    for (const relay of Object.values(relays)) relay.meddle()
  }
}
