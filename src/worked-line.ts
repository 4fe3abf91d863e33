import { kinds, workedKinds } from './jobs/index.ts'
import type { Line } from './queue/perform.ts'
import type { Services } from './services.ts'
import { openAnnouncer } from './webhook/announcer.ts'
import { webhookKind } from './webhook/job.ts'

/** The line as a worker has it: with the kinds that nobody orders, and with who is told that a job has ended. */
export function workedLine(services: Services): Line {
  const worked = [...workedKinds(), webhookKind(services)]
  const silent = worked.filter(kind => !kinds.includes(kind)).map(({ name }) => name)
  return { ...services, kinds: worked, announcer: openAnnouncer(services, silent) }
}
