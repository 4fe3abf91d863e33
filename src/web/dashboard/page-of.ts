/** Which part of a list is asked for: what is older than an id, or newer. */
export type Part = { before?: number | undefined; after?: number | undefined }

export const pageSize = 50

/** A page of what was found, which has one row more where the list goes on, and the parts beside it. */
export function pageOf<Row>(
  found: Row[],
  idOf: (row: Row) => number,
  { before, after }: Part
): { rows: Row[]; newer?: Part; older?: Part } {
  const hasMore = found.length > pageSize
  const rows = after ? found.slice(-pageSize) : found.slice(0, pageSize)
  const [first, last] = [rows[0], rows.at(-1)]
  const isPastNewest = after ? hasMore : before !== undefined
  const newest = first === undefined ? (before as number) - 1 : idOf(first)
  const hasOlder = last !== undefined && (after !== undefined || hasMore)
  return {
    rows,
    ...(isPastNewest && { newer: { after: newest } }),
    ...(hasOlder && { older: { before: idOf(last) } })
  }
}
