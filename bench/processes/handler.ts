import { setTimeout } from 'node:timers/promises'

/** What `app.ts` does, for consumers that work in their own process. */
export async function handle(body: string): Promise<void> {
  const { job, waitMilliseconds = 0, sentAt } = JSON.parse(body)
  if (sentAt) process.send?.({ job, milliseconds: Date.now() - sentAt, waitMilliseconds })
  if (waitMilliseconds) await setTimeout(waitMilliseconds)
}
