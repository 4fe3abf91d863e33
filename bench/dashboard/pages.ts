import { kinds } from '../../src/jobs/index.ts'
import { buildWeb } from '../../src/web/app.ts'
import type { Engine } from '../../test/engine.ts'

/** The other pages of the dashboard, each as a browser asks for it. */
const pages = {
  'overview, a day': '/dashboard/?span=24h',
  'overview, a week': '/dashboard/?span=7d',
  'a job': '/dashboard/jobs/777',
  mails: '/dashboard/mails/',
  'mails that bounced': '/dashboard/mails/?state=bounced',
  'mails in doubt': '/dashboard/mails/?state=ambiguous',
  'mails to an address': '/dashboard/mails/?to=shop@example.jp',
  'dead letters': '/dashboard/dead-letters/',
  'a group of them': '/dashboard/dead-letters/groups/00000000deadbee3',
  'periodic tasks': '/dashboard/periodic/',
  'ticks of the sweep': '/dashboard/periodic/sweep',
  deliveries: '/dashboard/deliveries/',
  'audit log': '/dashboard/actions'
}

export type Timed = { name: string; milliseconds: number[]; kilobytes: number }

/** Each so many times, after a first look, in turns, so that what the overview remembers has grown old. */
export async function timePages(engine: Engine, rounds: number): Promise<Timed[]> {
  const config = { ...engine.config, OPERATOR_PASSWORD: 'x' }
  const app = await buildWeb({ ...engine, kinds, config })
  const authorization = `Basic ${Buffer.from('x:x').toString('base64')}`
  const all: Timed[] = Object.keys(pages).map(name => ({ name, milliseconds: [], kilobytes: 0 }))
  for (let round = 0; round <= rounds; round += 1)
    for (const [n, url] of Object.values(pages).entries()) {
      const beganAt = performance.now()
      // An address of its own for each round: nobody looks as often as the limit allows.
      const headers = { accept: 'text/html', authorization }
      const answer = await app.inject({ url, headers, remoteAddress: `192.0.2.${round % 250}` })
      if (answer.statusCode !== 200) throw new Error(`${url} gave ${answer.statusCode}.`)
      const one = all[n] as Timed
      if (round > 0) one.milliseconds.push(performance.now() - beganAt)
      one.kilobytes = answer.rawPayload.length / 1024
    }
  await app.close()
  return all
}
