import { move, transferableSymbol, valueSymbol, workerData } from 'piscina'
import { shareFonts } from './font/fonts.ts'
import type { TrueType } from './font/truetype.ts'
import type { Drawing } from './pool.ts'

shareFonts(workerData as TrueType[])

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
