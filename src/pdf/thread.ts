import { move, transferableSymbol, valueSymbol } from 'piscina'
import type { Rendered } from './pool.ts'

type Drawing = { draw(input: unknown): Promise<Rendered> }

/** Runs in a thread of the pool; the bytes are handed over, not copied. */
export default async function run({ module, input }: { module: string; input: unknown }) {
  const { draw } = (await import(module)) as Drawing
  const rendered = await draw(input)
  return move({
    get [transferableSymbol]() {
      return [rendered.bytes.buffer]
    },
    get [valueSymbol]() {
      return rendered
    }
  })
}
