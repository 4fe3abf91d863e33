import type { TestContext } from 'node:test'
import type { Kind } from '../src/queue/kind.ts'
import { openRoom } from '../src/queue/room.ts'
import { eventually, openEngine } from './engine.ts'

/** An engine whose one kind may take an hour, in a room; `end` ends its work, well or with an error. */
export async function openLong(t: TestContext, url: string, size = 2) {
  const ends: ((error?: Error) => void)[] = []
  const work: Kind['perform'] = (_payload, { job }) =>
    new Promise((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve({}))
      ends.push(end)
      job.signal.addEventListener('abort', () => end(job.signal.reason))
    })
  const engine = await openEngine(t, url, work)
  for (const kind of engine.kinds) kind.attemptSeconds = 3600
  const stopping = new AbortController()
  const place = { room: openRoom(size), stopping: stopping.signal }
  const end = async (error?: Error) => (await eventually(() => ends.shift()))(error)
  return { engine, place, stopping, end }
}
