import { cutTo, harmless, padTo, widthOf } from './text.ts'

/** Draws a cell that has its width already, in a colour say. */
type Paint = (cell: string, column: number) => string

const gap = '  '
/** No last column is cut shorter than this. */
const least = 20

/** Rows in columns under their heads. On a terminal, the last column is cut where its line would break. */
export function table(heads: string[], rows: string[][], paint: Paint = cell => cell): string {
  const clean = rows.map(row => row.map(cell => harmless(cell).replaceAll('\n', ' ')))
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...clean.map(row => widthOf(row[column] ?? '')))
  )
  const last = heads.length - 1
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0)
  const room = Math.max(least, (process.stdout.columns ?? Infinity) - before)
  const line = (cells: string[], painted: Paint) =>
    cells
      .map((cell, column) =>
        column === last
          ? painted(cutTo(cell, room), column)
          : painted(cell, column) + ' '.repeat((widths[column] ?? 0) - widthOf(cell))
      )
      .join(gap)
      .trimEnd()
  return [line(heads, cell => cell), ...clean.map(row => line(row, paint))].join('\n')
}

/** Names and values, a line each; what is not known is left out. */
export function facts(list: [string, string | number | false | null | undefined][]): string {
  const known = list.filter(([, value]) => value !== false && value != null && value !== '')
  const width = Math.max(...known.map(([name]) => widthOf(name)))
  return known
    .map(([name, value]) => `${padTo(name, width)}${gap}${indented(String(value), width + 2)}`)
    .join('\n')
}

const indented = (text: string, columns: number) =>
  harmless(text).replaceAll('\n', `\n${' '.repeat(columns)}`)
