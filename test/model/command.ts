import type fc from 'fast-check'
import type { Program } from './boundary.ts'
import { deliver, type Ear, isStoppable } from './delivery.ts'
import type { KindName, Manner } from './kind.ts'
import { isStatement } from './line.ts'
import { type Button, order, press, type Task, tasks } from './process.ts'
import { remove } from './sqs.ts'
import type { World } from './world.ts'

export type Command = fc.AsyncCommand<World, World>

/** A command that is left out where there is nothing to choose from. */
function command<Item>(
  name: string,
  choices: (world: World) => Item[],
  n: number,
  run: (world: World, choice: Item) => Promise<unknown>
): Command {
  return {
    check: world => choices(world).length > 0,
    async run(world) {
      world.boundary.story.push(`> ${name}`)
      await run(world, at(choices(world), n))
      await world.rules.check()
    },
    toString: () => name
  }
}

const at = <Item>(list: Item[], n: number) => list[n % list.length] as Item
const always = () => [undefined]

export const enqueue = (kind: KindName, manner: Manner, key: number | null, count: number) =>
  command(`enqueue(${kind}, ${manner}, ${key}, ${count})`, always, 0, world =>
    order(world, kind, manner, key, count)
  )

/** One of the messages that can be seen, or one that was seen before: SQS delivers at least once, in no order. */
export const receive = (which: Which, n: number, ear: Ear) =>
  command(
    `receive(${which}, ${n}, ${ear})`,
    world => messages(world, which),
    n,
    (world, message) => deliver(world, message, ear)
  )

/** The same, and the attempt goes on until one of its calls has another fate, so many times. */
export const attempt = (which: Which, n: number, passing: number, fate: number, times: number) =>
  command(
    `attempt(${which}, ${n}, ${passing}, ${fate}, ${times})`,
    world => messages(world, which),
    n,
    async (world, message) => {
      await deliver(world, message, 'hears')
      const program = world.programs.at(-1)
      if (program?.role === 'worker') await goOn(world, program, passing, fate, times)
    }
  )

/** One of the programs goes on until one of its calls has another fate, so many times. */
export const step = (n: number, passing: number, fate: number, times: number) =>
  command(`step(${n}, ${passing}, ${fate}, ${times})`, living, n, (world, program) =>
    goOn(world, program, passing, fate, times)
  )

/** As far as it goes. */
export const finish = (n: number) =>
  command(`finish(${n})`, living, n, (world, program) => goOn(world, program, Infinity, 0, 0))

async function goOn(world: World, program: Program, passing: number, fate: number, times: number) {
  const next = () => world.boundary.pending.find(call => call.program === program)
  for (let left = passing; left > 0 && next(); left -= 1) await next()?.release('pass')
  for (let left = times; left > 0; left -= 1) {
    const call = next()
    if (!call) break
    await call.release(at(call.fates, fate))
    // A statement that is repeated comes again after a second at most.
    if (isStatement(call.name) && !next() && !program.isDead) await world.tick(1)
  }
}

export type Which = 'visible' | 'known'

function messages({ servers: { sqs } }: World, which: Which) {
  return sqs.queue.filter(({ visibleAt, receives }) =>
    which === 'known' ? receives > 0 : visibleAt <= Date.now()
  )
}

export const pass = (seconds: number, isAnswering: boolean) =>
  command(`pass(${seconds}, ${isAnswering})`, always, 0, world => world.tick(seconds, isAnswering))

export const freeze = (seconds: number) =>
  command(`freeze(${seconds})`, always, 0, world => world.freeze(seconds))

export const run = (task: Task) => command(`run(${task})`, always, 0, world => tasks[task](world))

/** Beside any job, but more often beside one that has failed. */
export const click = (button: Button, n: number) =>
  command(
    `${button}(${n})`,
    ({ rules }) => {
      const rows = [...rules.memory.rows.values()]
      return [...rows.filter(({ state }) => state === 'failed'), ...rows]
    },
    n,
    (world, { id }) => press(world, button, id)
  )

export const lose = (n: number) =>
  command(
    `lose(${n})`,
    ({ servers: { sqs } }) => sqs.queue,
    n,
    async ({ servers: { sqs }, boundary }, { id, body }) => {
      boundary.story.push(`the message ${body} is lost`)
      remove(sqs.queue, id)
    }
  )

export const stop = (n: number) =>
  command(
    `stop(${n})`,
    world => world.programs.filter(program => isStoppable(world, program)),
    n,
    async (world, program) => world.stop(program)
  )

export const kill = (n: number) =>
  command(`kill(${n})`, living, n, async (world, program) => world.kill(program))

function living({ boundary }: World): Program[] {
  return [...new Set(boundary.pending.map(({ program }) => program))]
}
