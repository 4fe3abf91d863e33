import type { Fields } from '../../queue/kind.ts'

/** The lines of the invoice as fields of a form: `lines.0.description`, `lines.0.quantity`, … */
export type LineFields = Fields[]

/** As in the schema. */
export const mostLines = 200
const name = /^lines\.(\d+)\.(\w+)$/

/** Up to here a line keeps its place; the room between those with larger numbers could be any. */
const farthest = 999

/** The lines among the fields, in order; a line that is missing in between is empty. */
export function linesIn(values: Fields): LineFields {
  const lines = new Map<number, Fields>()
  for (const [key, value] of Object.entries(values)) {
    const [, index, cell] = name.exec(key) ?? []
    if (cell === undefined) continue
    lines.set(Number(index), { ...lines.get(Number(index)), [cell]: value })
  }
  const near = [...lines.keys()].filter(index => index <= farthest)
  const far = [...lines.keys()].filter(index => index > farthest).sort((a, b) => a - b)
  const count = Math.max(-1, ...near) + 1
  const placed = Array.from({ length: count }, (_, index) => lines.get(index) ?? {})
  return [...placed, ...far.map(index => lines.get(index) as Fields)]
}

/** What a button does to the lines; without one, those that were left blank are dropped. */
export function editLines(values: Fields, action?: string): Fields {
  const lines = linesIn(values)
  const removed = /^remove-line-(\d+)$/.exec(action ?? '')?.[1]
  if (removed) return withLines(values, lines.toSpliced(Number(removed), 1))
  if (action !== 'add-line') return withLines(values, lines.filter(isFilled))
  return lines.length < mostLines ? withLines(values, [...lines, { description: '' }]) : values
}

/** The unit and the tax rate alone are what an untouched line has. */
function isFilled({ description, quantity, unitPrice }: Fields) {
  return Boolean(description?.trim() || quantity?.trim() || unitPrice?.trim())
}

function withLines(values: Fields, lines: LineFields): Fields {
  const others = Object.entries(values).filter(([key]) => !name.test(key))
  const cells = lines.flatMap((line, index) =>
    Object.entries(line).map(([cell, value]) => [`lines.${index}.${cell}`, value] as const)
  )
  return Object.fromEntries([...others, ...cells])
}
