import type { Wish } from '../../queue/search.ts'

/** Which part of a list is asked for: what is older than an id, or newer. */
export type Part = { before?: number | undefined; after?: number | undefined }

/** From the newest on; `reached` is where a search gave up, to go on from. */
type Found<Row> = { rows: Row[]; reached?: number }

type Page<Asked, Row, Seen extends Found<Row>> = {
  asked: Asked
  found: Seen
  rows: Row[]
  /** From where a search that gave up goes on. */
  reached?: number
  /** The pages beside this one. */
  newer?: Asked
  older?: Asked
}

export const pageSize = 50

/** The page of a list that is asked for, as `look` finds it. */
export async function pageOf<Asked extends Part, Row, Seen extends Found<Row>>(
  asked: Asked,
  look: (wish: Wish) => Promise<Seen & Found<Row>>,
  idOf: (row: Row) => number
): Promise<Page<Asked, Row, Seen>> {
  const { before, after } = asked
  const list = { ...asked, before: undefined, after: undefined }
  const found = await look({ most: pageSize + 1, before: after ? undefined : before, after })
  const { rows: some, reached } = found
  const hasMore = some.length > pageSize
  // The first page is whole, also for who comes to it from the others.
  if (after && !hasMore && reached === undefined)
    return await pageOf<Asked, Row, Seen>(list, look, idOf)
  const rows = after ? some.slice(-pageSize) : some.slice(0, pageSize)
  const [first, last] = [rows[0], rows.at(-1)]
  const isPastNewest = after ? hasMore : before !== undefined
  const newest = first === undefined ? (before as number) - 1 : idOf(first)
  const hasOlder = last !== undefined && (after !== undefined || hasMore)
  return {
    ...{ asked, found, rows },
    ...(!hasMore && reached !== undefined && { reached }),
    ...(isPastNewest && { newer: { ...list, after: newest } }),
    ...(hasOlder && { older: { ...list, before: idOf(last) } })
  }
}
