import { setTimeout } from 'node:timers/promises'
import type { Meddler, Passing } from '../../bench/relay.ts'
import type { Random } from '../../capacity/random.ts'
import { until } from '../../rehearsal/until.ts'
import { cutAfter, draw, type Fault, unheard } from '../fault.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

/** A person's mail is unheard of so often at most, so that no job uses up its five attempts. */
const mostTimes = 2

/** SES takes the mail, and the worker hears of an error, or nothing for as long as it waits. */
export const sesUnheard: Scenario = {
  name: 'ses-unheard',
  title: 'SES takes the mail, and the worker never hears of it',
  kind: 'note',
  jobs: 300,
  seconds: 20,
  play: leaveUnheard
}

/** For so many seconds, and until there was such a mail. */
export async function leaveUnheard({ relays: { ses } }: Stage, random: Random, seconds: number) {
  let hits = 0
  const counted = (fault: Fault) => (passing: Passing) => {
    hits += 1
    return fault(passing)
  }
  const meddle = draw(random, [
    [0.1, counted(unheard)],
    [0.15, counted(cutAfter)]
  ])
  ses.meddle(atMost(mostTimes, meddle))
  await setTimeout(seconds * 1000)
  await until('a mail was taken and not heard of', () => hits > 0, { seconds: 60 })
  ses.meddle()
}

/** Meddles with no more than so many requests for the same person. */
function atMost(most: number, meddle: Meddler): Meddler {
  const counts = new Map<string, number>()
  return (passing: Passing) => {
    const [person = ''] = /Destination[^&]*=[^&]*/.exec(String(passing.body)) ?? []
    const count = (counts.get(person) ?? 0) + 1
    counts.set(person, count)
    return count > most ? passing.pass() : meddle(passing)
  }
}
