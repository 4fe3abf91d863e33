import { countAhead } from '../queue/ahead.ts'
import { now } from '../queue/clock.ts'
import { deadlineOf } from '../queue/deadline.ts'
import { effectsOf } from '../queue/effect.ts'
import type { Job } from '../queue/job.ts'
import { eventsOf } from '../queue/mail-event.ts'
import type { Line } from '../queue/perform.ts'
import { readTimeline } from '../queue/timeline.ts'
import type { Facts } from './facts.ts'
import { passagesOf } from './passage.ts'
import type { Patience } from './patience.ts'

type Seen = Pick<Line, 'database' | 'kinds'> & { config: Pick<Line['config'], 'MAX_RECEIVES'> }

/** All that can be said of a job, as it is now. */
export async function factsOf(line: Seen, job: Job, patience: Patience): Promise<Facts> {
  const { database, kinds, config } = line
  const waits = job.state === 'waiting' || job.state === 'retrying'
  const [effects, events, ahead] = await Promise.all([
    effectsOf(database, job),
    eventsOf(database, [job.id]),
    waits ? countAhead(database, job) : undefined
  ])
  return {
    ...{ job, effects, events, ahead, patience, now: now(database) },
    passages: passagesOf(readTimeline(job.timeline)),
    kind: kinds.find(({ name }) => name === job.kind),
    deadline: deadlineOf(line, job),
    mostReceives: config.MAX_RECEIVES
  }
}
