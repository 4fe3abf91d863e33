import { joinParts } from '../../../src/pdf/join.ts'
import { type Drawing, renderDocument } from '../../../src/pdf/pool.ts'
import type { draw } from './part.ts'
import { createdAt, language } from './row.ts'

const few = 50

/** In the threads of the pool, as many as the machine has processors. */
export async function merge(rows: number): Promise<Uint8Array> {
  const module = new URL('./part.ts', import.meta.url)
  const tasks = Array.from({ length: Math.ceil(rows / few) }, (_, task) => task * few)
  const drawn = await Promise.all(
    tasks.map(from => {
      const input = { from, count: Math.min(few, rows - from) }
      return renderDocument<Drawing & ReturnType<typeof draw>>(module, input)
    })
  )
  const parts = drawn.map(({ bytes, part }) => ({ bytes, ...part }))
  const about = { title: '請求書', language, createdAt }
  const { bytes } = await joinParts({ about, parts, pictures: [] })
  return bytes
}
