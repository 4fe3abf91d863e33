import fc from 'fast-check'
import { anyCommands } from './choice.ts'
import type { Command } from './command.ts'
import { comeToQuiet } from './quiet.ts'
import { openServers, type Servers } from './servers.ts'
import { count, type Tally } from './tally.ts'
import { openWorld } from './world.ts'

export type Bounds = { runs: number; seed: number; seconds?: number; isShrunk?: boolean }

/** So many sequences between two looks at the clock; the seed of each lot is that of its first. */
const lot = 10

/**
 * Runs random sequences of commands on the engine, each until everything is quiet, and counts what happened.
 * Rejects with the shortest sequence that breaks a promise, and with its story. After `seconds` no more
 * are begun.
 */
export async function runModel({
  runs,
  seed,
  seconds = Infinity,
  isShrunk = true
}: Bounds): Promise<Tally> {
  const servers = await openServers()
  const tally: Tally = { sequences: 0, commands: 0, calls: new Map() }
  const until = performance.now() + seconds * 1000
  const follows = fc.asyncProperty(anyCommands(), commands => follow(servers, tally, commands))
  try {
    for (let done = 0; done < runs && performance.now() < until; done += lot)
      await fc.assert(follows, {
        numRuns: Math.min(lot, runs - done),
        seed: seed + done,
        endOnFailure: !isShrunk
      })
    return tally
  } finally {
    await servers.close()
  }
}

async function follow(servers: Servers, tally: Tally, commands: Iterable<Command>) {
  const world = await openWorld(servers)
  try {
    await fc.asyncModelRun(() => ({ model: world, real: world }), commands)
    await comeToQuiet(world)
  } catch (error) {
    const story = world.boundary.story.join('\n')
    throw new Error(`${(error as Error).message}\n\n${story}\n`, { cause: error })
  } finally {
    world.close()
    count(tally, world.boundary)
  }
}
