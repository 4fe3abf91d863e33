import { parentPort, workerData } from 'node:worker_threads'
import { openRandom } from './random.ts'
import { enter, leave, type Slot } from './slot.ts'
import type { Target } from './target.ts'

/** What the thread is to do; `first` is the number of the first input, and `input` the only one if given. */
export type Order = { url: string; seed: number; inputs: number; input?: Uint8Array; slot: Slot }

/** What it says: how far it is, and what it has found. */
export type Word =
  | { done: number; slowest: number }
  | { reason: string; input: Uint8Array; number: number }

const { url, seed, inputs, input: given, slot } = workerData as Order
const { target }: { target: Target } = await import(url)
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype]
const shapes = prototypes.map(shapeOf)
const say = (word: Word) => parentPort?.postMessage(word)

await work()
// Servers and pools that the target has opened would keep it alive.
setImmediate(() => process.exit())

async function work() {
  let slowest = 0
  let said = performance.now()
  for (let number = 0; number < inputs; number += 1) {
    const input = given ? Buffer.from(given) : target.generate(openRandom(seed + number * 7919))
    const began = performance.now()
    const reason = await faultAt(input)
    const now = performance.now()
    if (reason) return say({ reason, input, number })
    slowest = Math.max(slowest, now - began)
    if (now - said > 500) {
      said = now
      say({ done: number + 1, slowest })
    }
  }
  say({ done: inputs, slowest })
}

async function faultAt(input: Buffer): Promise<string | undefined> {
  enter(slot, input)
  try {
    await target.run(input)
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : error}`
  } finally {
    leave(slot)
  }
  const polluted = prototypes.findIndex((prototype, index) => shapeOf(prototype) !== shapes[index])
  return polluted < 0 ? undefined : 'changed the prototype of all objects'
}

function shapeOf(prototype: object) {
  return Reflect.ownKeys(prototype).map(String).join()
}
