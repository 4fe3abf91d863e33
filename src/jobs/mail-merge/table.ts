import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { decode } from '../../encoding.ts'
import type { Sentence } from '../../language.ts'
import { cleanText } from '../../text.ts'
import { noRows } from './file.ts'

/**
 * `number` is the row's number in a spreadsheet, where the names of the columns are row 1, and `twin` that of
 * another row with the same invoice number.
 */
export type Row = { number: number; cells: string[]; twin?: number }

/** Names of columns are unique; those that have none are called `#3`. */
export type Table = { header: string[]; rows: Row[] }

export const mostRows = 20_000
/** With the blank ones, which take as long to read: 10 MB of them are minutes. */
const mostLines = 2 * mostRows
const mostColumns = 100

/** Reads a CSV file; a sentence says what is wrong with it as a whole. */
export async function readTable(bytes: Uint8Array): Promise<Table | { sentence: Sentence }> {
  const text = decode(bytes)
  if (text === undefined) return { sentence: noRows }
  try {
    return await collect(sheetIn(text))
  } catch (error) {
    if (error instanceof CsvError) return { sentence: brokenAt(error) }
    throw error
  }
}

/** The text of a table, and what separates its cells. */
type Sheet = { text: string; delimiter: string }

/** Excel's line about the separator, which is in no row of the spreadsheet. */
const announced = /^"?sep=([\t,;:|!#$%&*+./^~])"?(?:\r\n|\n|\r)/i

function sheetIn(text: string): Sheet {
  const [line = '', delimiter] = announced.exec(text) ?? []
  return delimiter
    ? { text: text.slice(line.length), delimiter }
    : { text, delimiter: delimiterOf(text) }
}

async function collect({ text, delimiter }: Sheet): Promise<Table | { sentence: Sentence }> {
  if (cellsIn(text, delimiter) > mostRows * mostColumns) return { sentence: tooManyCells }
  const parser = Readable.from(piecesOf(text)).pipe(parse(optionsFor(delimiter)))
  let number = 0
  let header: string[] | undefined
  const rows: Row[] = []
  for await (const cells of parser as AsyncIterable<string[]>) {
    number += 1
    if (number > mostLines) return { sentence: tooManyRows }
    if (cells.every(isBlank)) continue
    if (header) rows.push({ number, cells })
    else if (cells.length > mostColumns) return { sentence: tooManyColumns }
    else header = namesOf(cells)
    if (rows.length > mostRows) return { sentence: tooManyRows }
  }
  return header && rows.length > 0 ? { header, rows } : { sentence: noRows }
}

/** At most so many cells, empty ones too: ten million commas would take the parser half a minute. */
function cellsIn(text: string, delimiter: string) {
  const separator = delimiter.charCodeAt(0)
  let cells = 1
  for (let at = 0; at < text.length; at += 1)
    if (isSeparator(text.charCodeAt(at), separator)) cells += 1
  return cells
}

/** Tab, line feed, carriage return, comma, semicolon, and what this file has. */
function isSeparator(code: number, own: number) {
  return code === 9 || code === 10 || code === 13 || code === 44 || code === 59 || code === own
}

function optionsFor(delimiter: string) {
  return {
    delimiter,
    // All of them, since files that were put together have several.
    record_delimiter: ['\r\n', '\n', '\r'],
    // A row of another length is that row's problem, as is a quotation mark amid text: 5" pipe.
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 100_000
  }
}

/** What separates most in the first line: Excel writes tabs in UTF-16, and semicolons in parts of Europe. */
function delimiterOf(text: string) {
  const [first = ''] = text.split(/\r|\n/, 1)
  const counts = [',', '\t', ';'].map(sign => [sign, first.split(sign).length] as const)
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

const piece = 16_384

/**
 * In bytes, because a piece of text may end in the middle of a character. Others get their turn between
 * two of them: the web tier must not stand still.
 */
async function* piecesOf(text: string) {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += piece) {
    await setImmediate()
    yield bytes.subarray(start, start + piece)
  }
}

/** A column keeps the name it has; one that must be given another takes none that a later column has. */
function namesOf(cells: string[]) {
  const own = cells.map(cell => cleanText(cell).slice(0, 80).toWellFormed())
  const names: string[] = []
  for (const [index, name] of own.entries()) {
    const base = name || `#${index + 1}`
    const isTaken = (wished: string) =>
      names.includes(wished) || (wished !== name && own.includes(wished))
    let unique = base
    for (let count = 2; isTaken(unique); count += 1) unique = `${base} (${count})`
    names.push(unique)
  }
  return names
}

export function isBlank(cell: string | undefined): boolean {
  return !cell || cell.trim() === ''
}

function brokenAt({ code, lines }: CsvError & { lines?: number }): Sentence {
  const line = lines ?? 1
  const isQuote = code.includes('QUOTE')
  return {
    ja: `${line}行目付近でCSVの形式が崩れています。${isQuote ? '「"」が閉じているか' : '区切り文字や改行を'}ご確認ください。`,
    en: `The CSV is broken near line ${line}: check ${isQuote ? 'that every quotation mark (") is closed' : 'its separators and line breaks'}.`
  }
}

const tooManyRows: Sentence = {
  ja: `一度に作成できるのは${mostRows.toLocaleString('en')}行までです。ファイルを分けてください。`,
  en: `At most ${mostRows.toLocaleString('en')} rows can be made at once: split the file.`
}

const tooManyCells: Sentence = {
  ja: 'セルが多すぎます。空の行と列を消すか、ファイルを分けてください。',
  en: 'There are too many cells: delete empty rows and columns, or split the file.'
}

const tooManyColumns: Sentence = {
  ja: `列が多すぎます。${mostColumns}列以内にしてください。`,
  en: `There are too many columns: keep ${mostColumns} at most.`
}
