import type { Page } from '../pdf/page.ts'
import { addElement, type Element, type Role } from '../pdf/structure.ts'
import type { TextLine } from '../pdf/text/line.ts'
import type { Align, Piece, Table } from './block.ts'
import { type Columns, columnsFor } from './columns.ts'
import type { Frame } from './frame.ts'
import type { Footnote, Strip } from './galley.ts'
import { drawLine } from './line.ts'
import { notesIn } from './paragraph.ts'
import { linesOf, type Prose, setProse } from './prose.ts'
import { area, baseline, colours, type Type } from './style.ts'

const white = 13
const padding = 4.5
/** A row that is higher is divided, line by line. */
const highest = (area.bottom - area.top) * 0.4

/** A table of so few rows is not divided, if it is not high. */
const few = 7

/** How many rows tell how wide the columns must be. */
const looked = 300

type Grid = Columns & { frame: Frame; type: Type; table: Element }
type Cell = { prose: Prose; lines: TextLine[]; owner: Element | undefined; align: Align }

/** A table over the whole width; its head stands above it once more on each page. */
export function layTable(frame: Frame, { aligns, head, rows }: Table) {
  const type = typeFor(frame.type, aligns.length)
  const setRow = (row: Piece[][]) => row.map(pieces => setProse(pieces, type))
  const heads = head.map(pieces => setProse(pieces, { ...type, weight: 'bold' }))
  const first = rows.slice(0, looked).map(setRow)
  const columns = columnsFor({ width: frame.width, size: type.size, aligns, heads, rows: first })
  const table = addElement(frame.element, 'Table')
  const grid: Grid = { ...columns, frame, type, table }
  frame.galley.space(white)
  const repeated = layHead(grid, heads)
  const short = rows.length <= few ? first.map(row => cellsOf(grid, row, 'TD')) : []
  const isWhole = short.reduce((sum, cells) => sum + heightOf(grid, cells), 0) < highest / 2
  for (const [index, row] of rows.entries()) {
    const cells = short[index] ?? cellsOf(grid, first[index] ?? setRow(row), 'TD')
    const isLast = index === rows.length - 1
    // At least two rows stay together at the top and at the bottom of a page.
    const isEdge = index === 0 || index === rows.length - 2
    const keeps = !isLast && (isEdge || (short.length > 0 && isWhole))
    layRow(grid, cells, { keeps, isLast, ...(repeated ? { head: repeated } : {}) })
  }
  frame.galley.space(white)
}

function typeFor({ size, leading }: Type, count: number): Type {
  const scale = count > 14 ? 0.6 : count > 8 ? 0.75 : 0.9
  return { size: size * scale, leading: leading * scale * 0.95, colour: colours.ink }
}

/** Draws the head, and gives what stands for it on the pages that follow, if it is not too high for that. */
function layHead(grid: Grid, heads: Prose[]): Strip | undefined {
  const { frame } = grid
  const cells = cellsOf(grid, heads, 'TH')
  const height = heightOf(grid, cells)
  if (height > highest) return void layHighRow(grid, cells, { isHead: true })
  const strip = { height, keeps: true, draw: rowOf(grid, cells, { height, isHead: true }) }
  const notes = notesOf(grid, cells)
  frame.galley.add(notes ? { ...strip, notes } : strip)
  const again = cells.map(cell => ({ ...cell, owner: undefined }))
  return { height, draw: rowOf(grid, again, { height, isHead: true }) }
}

type Way = { keeps: boolean; isLast: boolean; head?: Strip }

function layRow(grid: Grid, cells: Cell[], { keeps, isLast, ...more }: Way) {
  const height = heightOf(grid, cells)
  if (height > highest) return layHighRow(grid, cells, { isLast }, more)
  const notes = notesOf(grid, cells)
  const draw = rowOf(grid, cells, { height, isLast })
  grid.frame.galley.add({ height, keeps, ...more, ...(notes ? { notes } : {}), draw })
}

/** One strip for each line; a head stays with the row that follows. */
function layHighRow(
  grid: Grid,
  cells: Cell[],
  { isHead = false, isLast = false }: Pick<Look, 'isHead' | 'isLast'>,
  more: { head?: Strip } = {}
) {
  const { frame, type } = grid
  const count = linesHigh(cells)
  for (let at = 0; at < count; at += 1) {
    const [isFirst, isEnd] = [at === 0, at === count - 1]
    const height = type.leading + (isFirst ? padding : 0) + (isEnd ? padding : 0)
    const part = cells.map(cell => ({ ...cell, lines: cell.lines.slice(at, at + 1) }))
    const notes = notesOf(grid, part)
    const above = isFirst ? padding : 0
    const look = { height, above, isHead: isHead && isFirst, isLast: isHead || isLast }
    const draw = rowOf(grid, part, { ...look, isOpen: !isEnd })
    const keeps = isFirst || at === count - 2 || (isHead && isEnd)
    frame.galley.add({ height, keeps, ...more, ...(notes ? { notes } : {}), draw })
  }
}

function cellsOf({ table, widths, aligns }: Grid, row: Prose[], role: Role): Cell[] {
  const owner = addElement(table, 'TR')
  return row.map((prose, column) => ({
    prose,
    lines: linesOf(prose, widths[column] as number),
    owner: addElement(owner, role, role === 'TH' ? { scope: 'Column' } : {}),
    align: aligns[column] as Align
  }))
}

function heightOf({ type }: Grid, cells: Cell[]) {
  return linesHigh(cells) * type.leading + 2 * padding
}

function linesHigh(cells: Cell[]) {
  return Math.max(1, ...cells.map(({ lines }) => lines.length))
}

function notesOf({ frame }: Grid, cells: Cell[]): Footnote[] | undefined {
  const marked = cells.filter(({ prose }) => prose.pieces.some(({ note }) => note))
  if (marked.length === 0) return
  return marked.flatMap(({ prose, lines }) =>
    lines.flatMap(line => notesIn(frame.desk, prose, line))
  )
}

type Look = {
  height: number
  above?: number
  isHead?: boolean
  isLast?: boolean
  /** Whether the row goes on below. */
  isOpen?: boolean
}

function rowOf(grid: Grid, cells: Cell[], look: Look) {
  return (page: Page, top: number) => {
    const { frame, lefts, widths, type } = grid
    for (const [column, { prose, lines, owner, align }] of cells.entries()) {
      const [left, width] = [lefts[column] as number, widths[column] as number]
      for (const [index, line] of lines.entries()) {
        const y = baseline(top + (look.above ?? padding) + index * type.leading, type)
        const shift = { left: 0, center: 0.5, right: 1 }[align] * (width - line.width)
        const x = frame.left + left + shift
        drawLine(page, { desk: frame.desk, prose, owner }, line, { x, y })
      }
    }
    drawRules(page, frame, top, look)
  }
}

function drawRules(page: Page, { left, width }: Frame, top: number, look: Look) {
  const rule = (y: number, thick: number, colour: `#${string}`) =>
    page.line({ x1: left, y1: y, x2: left + width, y2: y, width: thick }, colour)
  if (look.isHead) rule(top, 1, colours.accent)
  if (look.isOpen) return
  const strong = look.isHead || look.isLast
  rule(top + look.height, strong ? 0.75 : 0.4, strong ? colours.accent : colours.rule)
}
