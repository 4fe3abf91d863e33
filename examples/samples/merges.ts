import { readFileSync } from 'node:fs'
import { guess } from '../../src/jobs/mail-merge/column.ts'
import { merge } from '../../src/jobs/mail-merge/merge.ts'
import { readTable } from '../../src/jobs/mail-merge/table.ts'
import { closePool } from '../../src/pdf/pool.ts'
import { mergeOrder } from '../../test/orders.ts'
import { paymentUrl, pictures } from '../pictures/files.ts'
import type { Sample } from '../samples.ts'

/** The rows of examples/orders.csv, as the mail merge draws them. */
async function draw() {
  const table = await readTable(readFileSync(new URL('../orders.csv', import.meta.url)))
  if ('sentence' in table) throw new Error(table.sentence.en)
  const columns = guess(table.header) as ReturnType<typeof mergeOrder>['columns']
  const order = mergeOrder({ columns, paymentUrl })
  const common = { order, ...table, pictures, language: 'ja', title: '請求書' } as const
  const signal = new AbortController().signal
  const wishes = { signal, advance: () => {} }
  const whole = { ...common, createdAt: new Date('2026-11-23T00:00:00Z') }
  const { bytes, made } = await merge(whole, table.rows, wishes).finally(closePool)
  return { bytes, pages: made, warnings: [] }
}

export const samples: Sample[] = [{ name: 'mail-merge', draw }]
