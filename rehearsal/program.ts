import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { until } from './until.ts'

export type Environment = Record<string, string>
export type Ending = { code: number | null; signal: NodeJS.Signals | null; seconds: number }
export type Program = ReturnType<typeof startProgram>

type About = { name: string; cwd: string; env: Environment; log: string }

/**
 * Starts a program in a process group of its own, as a systemd unit has a cgroup of its own: signals go
 * to all of its processes. What it says is appended to its log.
 */
export function startProgram([command, ...args]: [string, ...string[]], about: About) {
  const { name, cwd, env, log } = about
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, 'a')
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', output, output]
  })
  closeSync(output)
  let isTold = false
  let ending: Omit<Ending, 'seconds'> | undefined
  child.once('error', error => appendFileSync(log, `${error.message}\n`))
  const ended = new Promise<void>(resolve => {
    child.once('close', (code, signal) => {
      ending = { code, signal }
      resolve()
    })
  })

  return {
    name,
    log,
    pid: child.pid,
    ended,
    /** How it ended, if it has. */
    ending: () => ending,
    /** What is wrong with it: it has ended, and nobody has told it to. */
    trouble(): string | undefined {
      return ending && !isTold ? `${name} has ended by itself (${describe(ending)})` : undefined
    },
    /** A signal that is not meant to end it, to all of its processes. */
    signal: (signal: NodeJS.Signals) => tell(child.pid, signal),
    /** The polite signal, and SIGKILL to those that are still there after so many seconds. */
    async stop(signal: NodeJS.Signals, killAfterSeconds: number): Promise<Ending> {
      isTold = true
      const toldAt = performance.now()
      tell(child.pid, signal)
      const limit = new AbortController()
      const late = setTimeout(killAfterSeconds * 1000, 'late', limit).catch(() => 'ended')
      if ((await Promise.race([ended, late])) === 'late') tell(child.pid, 'SIGKILL')
      limit.abort()
      await ended
      // Where the first one did not pass the signal on, the others are left.
      await until(`${name} is gone`, () => !isThere(child.pid), { seconds: killAfterSeconds })
      const { code = null, signal: by = null } = ending ?? {}
      return { code, signal: by, seconds: (performance.now() - toldAt) / 1000 }
    }
  }
}

/**
 * A command line for the shell that is /bin/sh on Amazon Linux. It becomes the one program that it is
 * told to run, so that signals and exit codes are the program's own; Debian's dash stays its parent.
 */
export function shell(command: string): [string, ...string[]] {
  return ['bash', '--posix', '-c', command]
}

/** Runs a program to its end. Throws when it fails. */
export async function runProgram(command: [string, ...string[]], about: About) {
  const program = startProgram(command, about)
  await program.ended
  const ending = program.ending()
  if (ending?.code === 0) return
  throw new Failure(`${about.name} has failed (${describe(ending)}).`, about.log)
}

export function describe(ending: Pick<Ending, 'code' | 'signal'> | undefined) {
  return ending?.signal ? `${ending.signal}` : `exit code ${ending?.code}`
}

/** An error with the log in which the reason stands. */
export class Failure extends Error {
  readonly log: string

  constructor(message: string, log: string) {
    super(message)
    this.log = log
  }
}

export function linesOf(log: string): string[] {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n')
  } catch {
    return []
  }
}

function isThere(pid: number | undefined) {
  try {
    return pid !== undefined && process.kill(-pid, 0)
  } catch {
    return false
  }
}

function tell(pid: number | undefined, signal: NodeJS.Signals) {
  try {
    if (pid) process.kill(-pid, signal)
  } catch {
    // The whole group has ended.
  }
}
