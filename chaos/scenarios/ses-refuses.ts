import { setTimeout } from 'node:timers/promises'
import { draw, errorXml, refuse } from '../fault.ts'
import type { Scenario } from '../scenario.ts'

/** Throttling is no failure and takes no attempt; a rejected mail fails its job, whose file stays. */
export const sesRefuses: Scenario = {
  name: 'ses-refuses',
  title: 'SES throttles, is down for some, and rejects a few mails for good',
  kind: 'note',
  jobs: 300,
  seconds: 20,
  allows: { 'mail rejected': /^SES: Email address is not verified/ },
  async play({ relays: { ses } }, random, seconds) {
    const chances = [
      [0.45, refuse(400, errorXml('Throttling', 'Maximum sending rate exceeded.'))],
      [0.08, refuse(503, errorXml('ServiceUnavailable', 'The service is unavailable.'))],
      [0.02, refuse(400, errorXml('MessageRejected', 'Email address is not verified.'))]
    ] as const
    ses.meddle(draw(random, chances))
    await setTimeout(seconds * 1000)
    ses.meddle()
  }
}
