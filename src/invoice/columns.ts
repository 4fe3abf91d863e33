import { area, inset } from './sheet.ts'

/** A column of the table, in points; the gap is to its left. */
export type Column = { left: number; right: number; align: 'left' | 'right' | 'center' }
export type Name = 'description' | 'quantity' | 'unit' | 'unitPrice' | 'taxRate' | 'amount'

const gap = 8

export const columns = columnsOf([
  ['description', 214, 'left'],
  ['quantity', 50, 'right'],
  ['unit', 44, 'center'],
  ['unitPrice', 66, 'right'],
  ['taxRate', 44, 'right'],
  ['amount', area.right - area.left - 418 - 2 * inset, 'right']
])

function columnsOf(list: [Name, number, Column['align']][]) {
  let left = area.left + inset
  const entries = list.map(([name, width, align], index): [Name, Column] => {
    const column = { left: left + (index === 0 ? 0 : gap), right: left + width, align }
    left += width
    return [name, column]
  })
  return Object.fromEntries(entries) as Record<Name, Column>
}

export const names = Object.keys(columns) as Name[]

export function widthOf({ left, right }: Column) {
  return right - left
}

export function placeIn({ left, right, align }: Column) {
  return { x: { left, right, center: (left + right) / 2 }[align], align }
}
