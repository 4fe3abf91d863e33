import { createHash } from 'node:crypto'
import { examineDeadLetters } from '../../src/queue/dead-letter.ts'
import * as decisions from '../../src/queue/decision.ts'
import { enqueue } from '../../src/queue/enqueue.ts'
import * as jobs from '../../src/queue/job.ts'
import { resendAll, sweep } from '../../src/queue/sweep.ts'
import type { Row } from './history.ts'
import type { KindName, Manner } from './kind.ts'
import type { World } from './world.ts'

/** A web tier takes so many orders at the same moment. */
export async function order(
  world: World,
  kind: KindName,
  manner: Manner,
  key: number | null,
  count: number
) {
  const payload = JSON.stringify({ manner })
  const payload_hash = createHash('sha256').update(`${kind}${payload}`).digest('hex')
  const whole = { kind, payload, payload_hash, email: 'hanako@example.jp', language: 'en' as const }
  await world.run('web', `orders ${count} ${kind}`, async line => {
    const orders = Array.from({ length: count }, async () => {
      const { job } = await enqueue(line, whole, key === null ? undefined : `key-${key}`)
      if (key === null && world.accepted.has(job.id))
        throw new Error(`Broken: each order is answered with a job of its own. Job ${job.id}.`)
      world.accepted.add(job.id)
    })
    await Promise.all(orders)
  })
}

/** The periodic tasks, and what the local line does at its start, when its queue has forgotten everything. */
export const tasks = {
  sweep: (world: World) =>
    world.run('sweep', 'sweeps', async (line, program) => {
      const unsent = unsentJobs(world)
      await sweep(line)
      if (program.troubles.length === 0) world.rules.swept(unsent)
    }),
  'dead-letter': (world: World) => world.run('dead-letter', 'looks', examineDeadLetters),
  restart(world: World) {
    world.servers.sqs.queue.length = 0
    return world.run('restart', 'sends all', resendAll)
  }
}
export type Task = keyof typeof tasks
export const taskNames: Task[] = [
  'sweep',
  'sweep',
  'sweep',
  'dead-letter',
  'dead-letter',
  'restart'
]

/** The jobs that should be on the queue, and for which nothing has been sent. */
function unsentJobs({ rules }: World): Row[] {
  const isDue = ({ run_at, queued_at }: Row) =>
    (run_at ?? 0) <= Date.now() && queued_at < Date.now() - 5000
  const isUnsent = ({ state, sqs_message_id }: Row) =>
    ['waiting', 'retrying'].includes(state) && sqs_message_id === null
  return [...rules.memory.rows.values()].filter(row => isUnsent(row) && isDue(row))
}

/** What the buttons of the dashboard do. */
const buttons = {
  async retry(line, job) {
    await decisions.sendBack(line, job)
  },
  discard: ({ database }, job) => decisions.discard(database, job),
  cancel: ({ database }, job) => decisions.cancel(database, job)
} satisfies Record<string, (line: Parameters<typeof sweep>[0], job: jobs.Job) => Promise<unknown>>
export type Button = keyof typeof buttons
export const buttonNames: Button[] = ['retry', 'retry', 'retry', 'retry', 'cancel', 'discard']

/** The operator presses a button beside a job, whatever its state. */
export async function press(world: World, button: Button, id: number) {
  await world.run('operator', `${button} job ${id}`, async line => {
    const job = await jobs.find(line.database, id)
    if (job) await buttons[button](line, job)
  })
}
