import type { Fields } from '../../queue/kind.ts'

/** The lines of the invoice as fields of a form: `lines.0.description`, `lines.0.quantity`, … */
export type LineFields = Fields[]

/** As in the schema. */
export const mostLines = 200
const name = /^lines\.(\d{1,3})\.(\w+)$/

/** The lines among the fields, in order; a line that is missing in between is empty. */
export function linesIn(values: Fields): LineFields {
  const lines: LineFields = []
  for (const [key, value] of Object.entries(values)) {
    const [, index, cell] = name.exec(key) ?? []
    if (cell === undefined) continue
    const line = lines[Number(index)] ?? {}
    lines[Number(index)] = { ...line, [cell]: value }
  }
  return Array.from(lines, line => line ?? {})
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
