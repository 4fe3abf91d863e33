import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf, mergeOrder, rowOf } from '../../../test/orders.ts'
import { openReader, type RowProblem } from './row.ts'
import type { MailMerge } from './schema.ts'
import { readTable, type Table } from './table.ts'
import { markTwins } from './twin.ts'

/** What is wrong with the rows of a file. */
async function problemsIn(csv: string, order: MailMerge = mergeOrder()): Promise<RowProblem[]> {
  const table = (await readTable(Buffer.from(csv))) as Table
  const read = openReader(order, table.header)
  return (await markTwins(order, table)).flatMap(row => {
    const reading = read(row)
    return 'problems' in reading ? reading.problems : []
  })
}

const numbered = (...numbers: string[]) =>
  csvOf(numbers.map((number, index) => rowOf(index).replace(/^[^,]*/, number)))

const sentence = (row: number) =>
  `Row ${row} has the same number. Each row becomes an invoice of its own: give it a number of its own.`

test('rows with the same number are told of each other', async () => {
  const problems = await problemsIn(numbered('A-1', 'A-2', 'A-1', 'A-3', 'A-1'))
  assert.deepEqual(
    problems.map(({ row, column, value, sentence }) => [row, column.ja, value, sentence.en]),
    [
      [2, '請求書番号', 'A-1', sentence(4)],
      [4, '請求書番号', 'A-1', sentence(2)],
      [6, '請求書番号', 'A-1', sentence(2)]
    ]
  )
})

test('numbers are the same when they are on paper', async () => {
  const rowsWith = async (...numbers: string[]) =>
    (await problemsIn(numbered(...numbers))).map(({ row }) => row)
  assert.deepEqual(await rowsWith('カ\u30991', ' ガ1 ', 'カ1'), [2, 3])
  assert.deepEqual(await rowsWith('a1', 'A1', 'a\u200b1'), [2, 4])
})

test('a number that is counted may be that of another row, too', async () => {
  const order = mergeOrder({ numberPrefix: 'N-' })
  const problems = await problemsIn(numbered('N-0002', '', ''), order)
  assert.deepEqual(
    problems.map(({ row, value }) => [row, value]),
    [
      [2, 'N-0002'],
      [3, '']
    ]
  )
})

test('numbers that are all counted differ', async () => {
  const { number: _, ...columns } = mergeOrder().columns
  assert.deepEqual(await problemsIn(numbered('A-1', 'A-1'), mergeOrder({ columns })), [])
})

test('what else is wrong with such a row is said as well', async () => {
  const csv = csvOf([rowOf(1), rowOf(1, { quantity: 'x' })])
  assert.deepEqual(
    (await problemsIn(csv)).map(({ row, column }) => [row, column.ja]),
    [
      [2, '請求書番号'],
      [3, '請求書番号'],
      [3, '数量']
    ]
  )
})
