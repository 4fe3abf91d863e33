import { installOnce } from '../install.ts'

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

export function installRivals() {
  installOnce(
    import.meta.dirname,
    'pg-boss',
    'the other queues are installed in bench/line/ (once)'
  )
}

/** A package of those; types are not installed for everyone, so there are none. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function load(name: string): Promise<any> {
  return await import(name)
}
