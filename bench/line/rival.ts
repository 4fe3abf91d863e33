import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Another queue of jobs. Each is a file in `rivals/` that exports these. */
export type Rival = {
  server: 'postgres' | 'redis'
  openProducer(url: string): Promise<Producer>
  /** Works off jobs that do nothing, in this process; `begun` hears of each when it begins. */
  work(url: string, begun: (job: Sent) => void): Promise<void>
}

/** What is in a job: when it was put on the queue, in milliseconds since 1970. */
export type Sent = { sentAt: number }

export type Producer = {
  /** Puts a job on the queue, as a request would. */
  enqueue(job: Sent): Promise<void>
  unfinished(): Promise<number>
  close(): Promise<void>
}

export type RivalName = 'pg-boss' | 'graphile-worker' | 'bullmq'

export async function loadRival(name: RivalName): Promise<Rival> {
  return (await import(`./rivals/${name}.ts`)).rival
}

/** Installs the others the first time; nothing else needs them. */
export function installRivals() {
  if (existsSync(join(import.meta.dirname, 'node_modules', 'pg-boss'))) return
  process.stderr.write('… the other queues are installed in bench/line/ (once)\n')
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', options, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit']
  })
}

/** A package of those; types are not installed for everyone, so there are none. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function load(name: string): Promise<any> {
  return await import(name)
}
