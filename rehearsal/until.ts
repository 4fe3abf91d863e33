import { setTimeout } from 'node:timers/promises'

type Limits = { seconds: number; everyMilliseconds?: number }

/** Looks again and again until `probe` gives something true; throws a sentence after the deadline. */
export async function until<Value>(
  what: string,
  probe: () => Value | Promise<Value>,
  { seconds, everyMilliseconds = 200 }: Limits
): Promise<Exclude<Value, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const value = await probe()
    if (value) return value as Exclude<Value, false | null | undefined | 0 | ''>
    if (performance.now() > deadline) throw new Error(`${what}: not so after ${seconds} s.`)
    await setTimeout(everyMilliseconds)
  }
}
