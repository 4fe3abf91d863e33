import { move } from 'piscina'
import type { Rendered } from './pool.ts'

type Drawing = { draw(input: unknown): Promise<Rendered> }

/** Runs in a thread of the pool; the bytes are handed over, not copied. */
export default async function run({ module, input }: { module: string; input: unknown }) {
  const { draw } = (await import(module)) as Drawing
  const { bytes, warnings } = await draw(input)
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  return { bytes: move(own as Uint8Array<ArrayBuffer>), warnings }
}
