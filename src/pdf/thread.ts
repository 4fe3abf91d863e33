import { move, transferableSymbol, valueSymbol } from 'piscina'
import type { Drawing } from './pool.ts'

/** What runs in a thread of the pool: the module's `draw`, whose bytes are handed over, not copied. */
export default async function draw({ module, input }: { module: string; input: unknown }) {
  const { draw } = (await import(module)) as { draw(input: unknown): Promise<Drawing> }
  const { bytes, ...facts } = await draw(input)
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  return move({
    [transferableSymbol]: whole.buffer,
    [valueSymbol]: { bytes: whole, ...facts }
  })
}
