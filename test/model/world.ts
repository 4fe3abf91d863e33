import { syncBuiltinESMExports } from 'node:module'
import { mock } from 'node:test'
import type { Line } from '../../src/queue/perform.ts'
import { openRoom } from '../../src/queue/room.ts'
import { openBoundary, type Program, type Role, rest } from './boundary.ts'
import { readHistory } from './history.ts'
import { isBeat, isStatement, openLine } from './line.ts'
import { openRules } from './rules.ts'
import type { Servers } from './servers.ts'

export type World = Awaited<ReturnType<typeof openWorld>>

/** How far the clock goes at once: no lease runs out in it. */
const strideSeconds = 10
const start = Date.UTC(2026, 10, 26, 12)

/** One sequence: empty servers, a clock that stands still, and nobody at work. */
export async function openWorld(servers: Servers) {
  await servers.clear()
  mock.timers.enable({ apis: ['Date', 'setTimeout', 'setInterval'], now: start })
  mock.method(performance, 'now', () => Date.now() - start)
  // The engine imports some of them by name.
  syncBuiltinESMExports()
  const history = readHistory(servers.services.database)
  const rules = openRules(servers)
  const programs: Program[] = []
  const stops = new Map<Program, AbortController>()
  let room = openRoom(1)
  const boundary = openBoundary({
    async done(program, name, fate) {
      if (isStatement(name)) rules.judge(await history.next(program))
      if (name === 'SES send') rules.mailed(program, fate)
    },
    died() {
      room = openRoom(1)
    }
  })

  function begin(role: Role, what: string): Program {
    const name = `${role} ${programs.length + 1}`
    const program = { name, role, isDead: false, isStopping: false, troubles: [] }
    programs.push(program)
    boundary.story.push(`${program.name} begins: ${what}`)
    return program
  }

  return {
    servers,
    boundary,
    programs,
    rules,
    /** How to ask the workers to stop. */
    stops,
    /** The jobs that were promised to somebody. */
    accepted: new Set<number>(),
    room: () => room,

    tell({ name }: Program, what: string) {
      boundary.story.push(`${name} ${what}`)
    },

    /** Starts a process and goes on until it stops at its first call. */
    async run(role: Role, what: string, act: (line: Line, program: Program) => Promise<unknown>) {
      const program = begin(role, what)
      act(openLine({ program, boundary, servers }), program).catch(error => {
        boundary.story.push(`${program.name} fails: ${error.message}`)
        if (program.troubles.length === 0) rules.fail(error)
      })
      await rest()
    },

    kill(program: Program) {
      boundary.story.push(`${program.name} is killed`)
      boundary.kill(program)
    },

    stop(program: Program) {
      boundary.story.push(`${program.name} is asked to stop`)
      program.isStopping = true
      stops.get(program)?.abort(new Error('The worker is stopping.'))
    },

    /** Lets time pass; attempts renew their leases meanwhile, if the database answers. */
    async tick(seconds: number, isAnswering = true) {
      boundary.story.push(`${seconds} s pass${isAnswering ? '' : ', without the database'}`)
      for (let left = seconds; left > 0; left -= strideSeconds) {
        mock.timers.tick(Math.min(left, strideSeconds) * 1000)
        await rest()
        const beats = boundary.pending.filter(({ name }) => isBeat(name))
        for (const beat of isAnswering ? beats : []) await beat.release('pass')
      }
    },

    /** Every process stands still, as on a machine that is suspended. */
    async freeze(seconds: number) {
      boundary.story.push(`all stand still for ${seconds} s`)
      mock.timers.setTime(Date.now() + seconds * 1000)
    },

    close() {
      for (const program of programs) boundary.kill(program)
      mock.timers.reset()
      mock.restoreAll()
      syncBuiltinESMExports()
    }
  }
}
