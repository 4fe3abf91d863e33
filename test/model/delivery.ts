import { perform } from '../../src/queue/perform.ts'
import { isDeleted } from './answer-rules.ts'
import type { Program } from './boundary.ts'
import { maxReceives } from './servers.ts'
import { type Message, remove } from './sqs.ts'
import type { World } from './world.ts'

/** How long a message stays hidden that nobody deletes, and one that was answered with an error; in seconds. */
const [visibilitySeconds, errorVisibilitySeconds] = [720, 30]

/** What sqsd does with the worker's answer: hear it and act on it, or die before. */
export type Ear = 'hears' | 'is deaf'

/** Brings a message to a worker as sqsd does; SQS moves one that came too often to the dead-letter queue instead. */
export async function deliver(world: World, message: Message, ear: Ear) {
  const { sqs } = world.servers
  message.visibleAt = Date.now() + visibilitySeconds * 1000
  if (message.receives >= maxReceives) {
    remove(sqs.queue, message.id)
    sqs.dead.push({ ...message, visibleAt: Date.now() })
    return
  }
  message.receives += 1
  const { job } = JSON.parse(message.body)
  const delivery = { job, receiveCount: message.receives, messageId: message.id }
  const stopping = new AbortController()
  await world.run('worker', `job ${job}, receive ${message.receives}`, async (line, program) => {
    world.stops.set(program, stopping)
    const place = { stopping: stopping.signal, room: world.room() }
    const outcome = await perform(line, delivery, place).catch((error: Error) => error)
    world.tell(program, outcome instanceof Error ? `fails: ${outcome.message}` : `is ${outcome}`)
    world.rules.answered({ program, delivery, outcome })
    if (ear === 'is deaf') return
    if (isDeleted(outcome)) remove(sqs.queue, message.id)
    else message.visibleAt = Date.now() + errorVisibilitySeconds * 1000
  })
}

/** Whether a program may still be asked to stop. */
export const isStoppable = ({ stops }: World, program: Program) =>
  !program.isDead && stops.get(program)?.signal.aborted === false
