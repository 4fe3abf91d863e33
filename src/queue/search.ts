import type { Order } from './source.ts'

export type Wish = {
  most: number
  /** Those older than this id, from the newest on. */
  before?: number | undefined
  /** Those newer than this id, and of them the oldest. */
  after?: number | undefined
  effort?: Effort
}

/** After how many jobs, and milliseconds, a search stops that has not found enough. */
export type Effort = { jobs: number; milliseconds: number }
/** What nobody has to wait for: a page of the dashboard. */
export const pageEffort: Effort = { jobs: 10_000, milliseconds: 40 }

/** Where a look begins, how many jobs it looks at, and how many rows are still wanted. */
export type Place = { cursor: number | undefined; order: Order; size: number; most: number }

type Terms<Row> = {
  effort: Effort
  /** How many jobs the first look is at. */
  size: number
  /** How many the next one is at, after one that took so long. */
  resize(size: number, milliseconds: number): number
  /** The next jobs that may match, in order, and the rows of those that do. */
  look(place: Place): Promise<{ ids: number[]; rows: Row[] }>
  idOf(row: Row): number
}

export type Searched<Row> = {
  /** From the newest on. */
  rows: Row[]
  /** How many jobs were looked at. */
  searched: number
  /** The id at which the search stopped, to go on from; none where there is nothing more. */
  reached?: number
}

/**
 * Looks for rows in the order of the ids of jobs. What indexes can't answer is looked up in the rows, some at a time, as
 * long as the effort allows: a search takes no longer however many jobs there are, and says how far it came.
 */
export async function search<Row>(
  { most, before, after }: Wish,
  { effort, size: first, resize, look, idOf }: Terms<Row>
): Promise<Searched<Row>> {
  const order = after === undefined ? 'desc' : 'asc'
  const endsAt = performance.now() + effort.milliseconds
  const rows: Row[] = []
  let [size, searched] = [first, 0]
  const found = () => ({ rows: order === 'desc' ? rows : rows.toReversed(), searched })
  for (let cursor = after ?? before; ; ) {
    const beganAt = performance.now()
    const seen = await look({ cursor, order, size, most: most - rows.length })
    rows.push(...seen.rows.slice(0, most - rows.length))
    searched += seen.ids.length
    cursor = seen.ids.at(-1)
    if (rows.length === most) return { ...found(), reached: idOf(rows.at(-1) as Row) }
    if (cursor === undefined || seen.ids.length < size) return found()
    const now = performance.now()
    if (searched >= effort.jobs || now > endsAt) return { ...found(), reached: cursor }
    size = resize(size, now - beganAt)
  }
}
