import { deliver } from './delivery.ts'
import type { Row } from './history.ts'
import { addressOf, contentOf } from './kind.ts'
import { tasks } from './process.ts'
import { messageIdOf } from './row-rules.ts'
import type { Message } from './sqs.ts'
import type { World } from './world.ts'

const over = ['finished', 'failed', 'discarded', 'cancelled']
/** A lost message is found within the hour, and a job that waits for its time waits for an hour at most. */
const mostRounds = 200

/** Lets everything go well, until nothing more happens: then every promise must have been kept. */
export async function comeToQuiet(world: World) {
  for (let round = 0; round < mostRounds; round += 1) {
    await finishAll(world)
    await world.rules.check()
    if (isQuiet(world)) return await judge(world)
    await world.tick(60)
    await tasks.sweep(world)
    await finishAll(world)
    // The letters that were seen are hidden for two minutes.
    if (round % 3 === 2) await tasks['dead-letter'](world)
    await finishAll(world)
    for (const message of visible(world)) await deliver(world, message, 'hears')
  }
  throw new Error('Broken: every job comes to an end.')
}

const visible = ({ servers: { sqs } }: World) =>
  sqs.queue.filter(({ visibleAt }) => visibleAt <= Date.now())

/** What is still under way goes on; attempts that are asleep wake up. */
async function finishAll(world: World) {
  for (let idle = 0; idle < 2; idle += 1) {
    for (;;) {
      const call = world.boundary.pending[0]
      if (!call) break
      await call.release('pass')
      idle = 0
    }
    await world.tick(10)
  }
}

function isQuiet({ rules, servers: { sqs } }: World) {
  const { rows } = rules.memory
  const isStale = ({ id, body }: Message) => {
    const row = rows.get(JSON.parse(body).job)
    return row?.state !== 'failed' || row.sqs_message_id !== id
  }
  const isOver = ({ state }: Row) => over.includes(state)
  return [...rows.values()].every(isOver) && sqs.queue.length === 0 && !sqs.dead.some(isStale)
}

async function judge(world: World) {
  const { memory } = world.rules
  const { services } = world.servers
  const mails = await world.servers.mails()
  for (const id of world.accepted) if (!memory.rows.has(id)) lost(id, 'an accepted job is kept')
  for (const row of memory.rows.values()) {
    if (row.state !== 'finished') continue
    const own = mails.filter(({ to }) => to.includes(addressOf(row.id)))
    if (!own.some(({ id }) => id === messageIdOf(row)))
      lost(row.id, 'a finished job has the receipt of its mail')
    if (!isTold(row, own.length, memory.decisionsOn(row.id)))
      lost(row.id, 'the person is told of a second mail')
    const bytes = await services.storage.read(row.file_key ?? '')
    if (!bytes.equals(contentOf(row.id)) || bytes.length !== row.file_bytes)
      lost(row.id, 'a finished job has its file')
  }
}

function isTold({ warnings }: Row, mails: number, decisions: number) {
  return mails <= 1 + decisions || /may reach you twice/.test(warnings ?? '')
}

function lost(id: number, promise: string): never {
  throw new Error(`Broken: ${promise}. Job ${id}.`)
}
