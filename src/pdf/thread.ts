import type { MessagePort } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina'
import { shareFonts } from './font/fonts.ts'
import type { TrueType } from './font/truetype.ts'
import type { Desk, Drawing } from './pool.ts'

shareFonts(workerData as TrueType[])

type Task = { module: string; input: unknown; port: MessagePort }

/** What runs in a thread of the pool: the module's `draw`, whose bytes are handed over, not copied. */
export default async function draw({ module, input, port }: Task) {
  const { draw } = (await import(module)) as {
    draw(input: unknown, desk: Desk): Promise<Drawing>
  }
  const { bytes, ...facts } = await draw(input, { progress: tellTo(port) })
  // A Buffer may be part of a larger one, and its own `slice` would still be.
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
  return move({
    [transferableSymbol]: whole.buffer,
    [valueSymbol]: { bytes: whole, ...facts }
  })
}

/** Each whole percent is told once, so that a drawing may report after every line. */
function tellTo(port: MessagePort) {
  let told = 0
  return (percent: number) => {
    const whole = Math.floor(percent)
    if (whole <= told) return
    told = whole
    port.postMessage(whole)
  }
}
