import { join } from '../../../src/pdf/part.ts'
import { draw } from './part.ts'
import { createdAt, language } from './row.ts'

const few = 50

/** All rows in this thread, in the tasks that the threads of a pool would get. */
export async function merge(rows: number): Promise<Uint8Array> {
  const parts = Array.from({ length: Math.ceil(rows / few) }, (_, task) => {
    const from = task * few
    const { bytes, part } = draw({ from, count: Math.min(few, rows - from) })
    return { bytes, ...part }
  })
  return join({ title: '請求書', language, createdAt }, parts)
}
