import { setTimeout } from 'node:timers/promises'

/** The answer, if it comes in time; rejects with an error that says so if not. Nobody stops what goes on behind it. */
export async function within<Value>(seconds: number, answer: Promise<Value>): Promise<Value> {
  const patience = new AbortController()
  const late = setTimeout(seconds * 1000, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`no answer within ${seconds} s`)
  })
  return await Promise.race([answer, late]).finally(() => patience.abort())
}
