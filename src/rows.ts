import type { Fields } from './queue/kind.ts'

/** A list in a form, with a row for each item: `lines.0.description`, `lines.0.quantity`, … */
export type Rows = {
  /** The field of the payload. */
  name: string
  /** What its buttons do: `add-line`, `remove-line-3` for `line`. */
  action: string
  /** The first field of a row; a row that has not one field is not there. */
  first: string
  /** As in the schema. */
  most: number
  /** Whether the person has typed into a row; those that were left as they came are dropped. */
  isFilled(row: Fields): boolean
}

/** Up to here a row keeps its place; the room between those with larger numbers could be any. */
const farthest = 999

/** The rows among the fields, in order; a row that is missing in between is empty. */
export function rowsIn(values: Fields, name: string): Fields[] {
  const rows = new Map<number, Fields>()
  for (const [key, value] of Object.entries(values)) {
    const [index, cell] = placeIn(name, key) ?? []
    if (index === undefined || cell === undefined) continue
    rows.set(Number(index), { ...rows.get(Number(index)), [cell]: value })
  }
  const near = [...rows.keys()].filter(index => index <= farthest)
  const far = [...rows.keys()].filter(index => index > farthest).sort((a, b) => a - b)
  const count = Math.max(-1, ...near) + 1
  const placed = Array.from({ length: count }, (_, index) => rows.get(index) ?? {})
  return [...placed, ...far.map(index => rows.get(index) as Fields)]
}

/** What a button does to the rows; without one, those that were left blank are dropped. */
export function editRows(values: Fields, list: Rows, button?: string): Fields {
  const { name, action, first, most, isFilled } = list
  const rows = rowsIn(values, name)
  const [, removing, index] = /^remove-(.+)-(\d+)$/.exec(button ?? '') ?? []
  if (removing === action) return withRows(values, name, rows.toSpliced(Number(index), 1))
  if (button !== `add-${action}`) return withRows(values, name, rows.filter(isFilled))
  return rows.length < most ? withRows(values, name, [...rows, { [first]: '' }]) : values
}

function withRows(values: Fields, name: string, rows: Fields[]): Fields {
  const others = Object.entries(values).filter(([key]) => !placeIn(name, key))
  const cells = rows.flatMap((row, index) =>
    Object.entries(row).map(([cell, value]) => [`${name}.${index}.${cell}`, value] as const)
  )
  return Object.fromEntries([...others, ...cells])
}

/** `lines.3.unit` is the cell `unit` of the row 3 of `lines`. */
function placeIn(name: string, key: string): [index: string, cell: string] | undefined {
  if (!key.startsWith(`${name}.`)) return undefined
  const [, index, cell] = /^(\d+)\.(\w+)$/.exec(key.slice(name.length + 1)) ?? []
  return index !== undefined && cell !== undefined ? [index, cell] : undefined
}
