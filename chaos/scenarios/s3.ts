import { setTimeout } from 'node:timers/promises'
import { cutAfter, cutBefore, draw, errorXml, refuse, slow } from '../fault.ts'
import type { Scenario } from '../scenario.ts'

const downSeconds = 8

/** First it is away altogether, then it fails now and then, also after it has stored the file. */
export const s3: Scenario = {
  name: 's3',
  title:
    'S3 is down for 8 s, then fails, is slow, or cuts the connection for a half of all requests',
  kind: 'invoice',
  jobs: 300,
  seconds: 25,
  async play({ relays: { s3 } }, random, seconds) {
    const isDown = refuse(503, errorXml('SlowDown', 'Please reduce your request rate.'))
    await setTimeout(2000)
    s3.meddle(isDown)
    await setTimeout(downSeconds * 1000)
    const chances = [
      [0.15, isDown],
      [0.1, refuse(500)],
      [0.05, cutBefore],
      [0.1, cutAfter],
      [0.1, slow(2000)]
    ] as const
    s3.meddle(draw(random, chances))
    await setTimeout(seconds * 1000 - downSeconds * 1000)
    s3.meddle()
  }
}
