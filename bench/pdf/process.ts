import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a file in a process of its own, and gives the first thing that it sends. */
export async function ask<Answer>(
  file: string,
  args: string[],
  execArgv: string[] = []
): Promise<Answer> {
  const child = fork(file, args, { execArgv })
  try {
    const [answer] = await Promise.race([once(child, 'message'), failing(child, `${file} ${args}`)])
    return answer as Answer
  } finally {
    child.kill('SIGKILL')
  }
}

async function failing(child: ChildProcess, what: string): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`${what} ended with ${code} before it had measured.`)
}
