import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { skippedFile } from './skipped.ts'

const sentence = { ja: '入力してください。', en: 'Fill this in.' }

/** The values as a spreadsheet reads them whose cells are separated by `delimiter`. */
function cellsOf(values: string[], delimiter: string): string[][] {
  const filler = Array.from({ length: 11 }, () => 'x')
  const problems = [...values, ...filler].map((value, row) => {
    return { row: row + 2, column: { ja: value, en: value }, value, sentence }
  })
  const settings = { delimiter, relax_quotes: true, relax_column_count: true, bom: true }
  return parse(skippedFile(problems, 'en') as Buffer, settings)
}

const formulas = [
  '=cmd|x!A1',
  '+1',
  '-1',
  '@SUM(1)',
  '＝1',
  '\t=1',
  '\r\n=1',
  ' =1',
  '"=1',
  'x;=1;y',
  'x; "=1";',
  'x\t=1',
  'x\n=1',
  'x";"=1'
]

for (const delimiter of [',', ';', '\t'])
  test(`no cell of a list of skipped rows is a formula where ${JSON.stringify(delimiter)} separates cells`, () => {
    const cells = cellsOf(formulas, delimiter).flat()
    assert.ok(cells.length > formulas.length)
    for (const cell of cells) assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝＋－＠]/, cell)
  })

test('ordinary text in the list stays as it is', () => {
  const values = ['A-1', 'a - b', '03-1234-5678', 'x;y', '1,200', 'a = b', 'say "hi"']
  const cells = cellsOf(values, ',').map(row => row[2])
  assert.deepEqual(cells.slice(1, values.length + 1), values)
})

test('a cell of nothing but spaces takes no time', { timeout: 10_000 }, () => {
  assert.ok(cellsOf(['\t'.repeat(100_000), ' ;'.repeat(50_000)], ',').length > 2)
})
