import { setTimeout } from 'node:timers/promises'
import { describe, type Program, startProgram } from '../rehearsal/program.ts'

export type Instance = ReturnType<typeof openInstance>

type About = Parameters<typeof startProgram>[1]

/** systemd kills what has not ended so long after SIGTERM; on Beanstalk it is 90 s. */
const killAfterSeconds = 90
const restartMilliseconds = 1000

/** A process that comes back as a service of systemd does: when it is killed, when it dies, on a deploy. */
export function openInstance(command: [string, ...string[]], about: About) {
  let program: Program = startProgram(command, about)
  let isWanted = true
  const crashes: string[] = []
  keep(program)

  /** One that ends by itself is started again, as after a crash. */
  async function keep(one: Program) {
    await one.ended
    if (one.trouble()) crashes.push(describe(one.ending()))
    if (!isWanted || one !== program) return
    await setTimeout(restartMilliseconds)
    if (isWanted && one === program) start()
  }

  function start() {
    program = startProgram(command, about)
    keep(program)
  }

  return {
    name: about.name,
    log: about.log,
    /** How it ended when nobody had told it to, each time. */
    crashes,
    /** Ends at once, in the middle of everything. */
    kill: () => program.stop('SIGKILL', killAfterSeconds),
    pause: () => program.signal('SIGSTOP'),
    resume: () => program.signal('SIGCONT'),
    tell: (signal: NodeJS.Signals) => program.signal(signal),

    /** Asks it to stop, waits for its end, and starts its successor; gives how the old one ended. */
    async deploy() {
      const old = program
      isWanted = false
      const ending = await old.stop('SIGTERM', killAfterSeconds)
      isWanted = true
      start()
      return ending
    },

    async close() {
      isWanted = false
      await program.stop('SIGKILL', killAfterSeconds)
    }
  }
}
