import { setImmediate } from 'node:timers/promises'
import type { Sentence } from '../../language.ts'
import type { Problem, Uploads } from '../../queue/kind.ts'
import { type ColumnName, columnNames } from './column.ts'
import { describe, openReader, type RowProblem } from './row.ts'
import type { MailMerge } from './schema.ts'
import { readTable, type Table } from './table.ts'
import { markTwins } from './twin.ts'

/** How many problems of rows a person is shown at once. */
const listed = 20

/** After so many rows, others get their turn: the web tier must not stand still. */
const stretch = 100

/** Looks at every row before the work starts, so that the person can choose what to do about bad ones. */
export async function checkMerge(order: MailMerge, uploads: Uploads): Promise<Problem[]> {
  const table = await readTable(await uploads.read(order.file.key))
  if ('sentence' in table) return [{ path: 'file', sentence: table.sentence }]
  const problems = [...checkColumns(order, table), ...checkDate(order)]
  return problems.length > 0 ? problems : await checkRows(order, table)
}

function checkColumns({ columns }: MailMerge, { header }: Table): Problem[] {
  const used = new Map<string, ColumnName>()
  return columnNames.flatMap(name => {
    const column = columns[name]
    if (column === undefined) return []
    const isTaken = used.has(column)
    used.set(column, name)
    if (header.includes(column) && !isTaken) return []
    return [{ path: `columns.${name}`, sentence: isTaken ? usedTwice : noSuchColumn(column) }]
  })
}

function checkDate({ columns, transactionOn }: MailMerge): Problem[] {
  return columns.transactionOn || transactionOn ? [] : [{ path: 'transactionOn', sentence: noDate }]
}

async function checkRows(order: MailMerge, table: Table): Promise<Problem[]> {
  const read = openReader(order, table.header)
  const rows = await markTwins(order, table)
  const found: RowProblem[] = []
  let bad = 0
  for (const [index, row] of rows.entries()) {
    if (index % stretch === 0) await setImmediate()
    const reading = read(row)
    if ('invoice' in reading) {
      if (order.onErrors === 'skip') return []
      continue
    }
    bad += 1
    if (found.length < listed) found.push(...reading.problems)
  }
  if (bad === 0) return []
  const summary = bad === rows.length ? allBad(bad) : someBad(bad, rows.length - bad)
  const shown = found.slice(0, listed).map(describe)
  return [summary, ...shown].map(sentence => ({ path: 'rows', sentence }))
}

function someBad(bad: number, good: number): Sentence {
  return {
    ja: `エラーのある行が${bad}行、作成できる行が${good}行あります。CSVファイルを直してもう一度選ぶか、「エラーのある行」で「とばして残りを作成する」を選んでください。`,
    en: `${bad} rows have errors, ${good} can be made. Correct the CSV file and choose it again, or choose “Skip them and make the others” under “Rows with errors”.`
  }
}

function allBad(bad: number): Sentence {
  return {
    ja: `${bad}行すべてにエラーがあります。列の対応とCSVファイルをご確認ください。`,
    en: `All ${bad} rows have errors: check which column is which, and the CSV file.`
  }
}

function noSuchColumn(column: string): Sentence {
  return {
    ja: `CSVファイルに「${column}」という列はありません。`,
    en: `The CSV file has no column “${column}”.`
  }
}

const usedTwice: Sentence = {
  ja: 'この列はほかの項目に使われています。別の列を選んでください。',
  en: 'This column is used for another field. Choose another one.'
}

const noDate: Sentence = {
  ja: '取引年月日を入力するか、その列を選んでください。',
  en: 'Enter a transaction date, or choose the column that has it.'
}
