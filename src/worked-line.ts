import { kinds, workedKinds } from './jobs/index.ts'
import type { Line } from './queue/perform.ts'
import type { Services } from './services.ts'
import { openAnnouncer } from './webhook/announcer.ts'
import { webhookKind } from './webhook/job.ts'

/** The line as a worker has it: with the kinds that nobody orders, and with who is told that a job has ended. */
export function workedLine(services: Services): Line {
  const worked = [...workedKinds(), webhookKind(services)]
  refuseTwice(worked.map(({ name }) => name))
  const silent = worked.filter(kind => !kinds.includes(kind)).map(({ name }) => name)
  return { ...services, kinds: worked, announcer: openAnnouncer(services, silent) }
}

/** The second would never be found, and its orders would be the work of the first. */
function refuseTwice(names: string[]) {
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice)
    throw new Error(
      `Two kinds of job are called "${twice}": give the one in src/jobs another name.`
    )
}
