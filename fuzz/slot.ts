/**
 * The input that a thread is at, where the watchdog can see it although the thread hangs: when it began,
 * how long it is, its bytes.
 */
export type Slot = { memory: SharedArrayBuffer }

const head = 16
const room = 1_048_576

export function openSlot(): Slot {
  return { memory: new SharedArrayBuffer(head + room) }
}

export function enter({ memory }: Slot, input: Buffer) {
  const length = Math.min(input.length, room)
  new Uint8Array(memory, head).set(input.subarray(0, length))
  new Float64Array(memory, 8, 1)[0] = length
  new Float64Array(memory, 0, 1)[0] = Date.now()
}

export function leave({ memory }: Slot) {
  new Float64Array(memory, 0, 1)[0] = 0
}

/** What the thread is at and for how long, in milliseconds; nothing when it is between two inputs. */
export function lookAt({ memory }: Slot) {
  const [began = 0, length = 0] = new Float64Array(memory, 0, 2)
  if (began === 0) return undefined
  return { since: Date.now() - began, input: Buffer.from(new Uint8Array(memory, head, length)) }
}
