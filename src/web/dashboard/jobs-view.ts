import type { Database } from '../../database.ts'
import { find, type Listed } from '../../queue/find.ts'
import { counts } from '../../queue/listing.ts'
import type { Wish } from '../../queue/search.ts'
import type { State } from '../../queue/state.ts'
import { type Asked, filterOf } from './jobs-query.ts'
import { pageOf } from './page-of.ts'

export type JobsView = {
  asked: Asked
  /** None for a search, which would have to read them all. */
  counts?: Partial<Record<State, number>>
  jobs: Listed[]
  /** How many jobs a search has looked at. */
  searched: number
  /** From where a search that gave up goes on. */
  reached?: number
  /** The pages beside this one. */
  newer?: Asked
  older?: Asked
}

/** Everything that a list shows. A search that finds nothing by whole numbers and names goes on with words. */
export async function viewJobs(database: Database, asked: Asked): Promise<JobsView> {
  if (asked.q === undefined) {
    const [some, counted] = await Promise.all([
      viewPage(database, asked),
      counts(database, filterOf(asked, undefined))
    ])
    return { ...some, counts: counted }
  }
  const view = await viewPage(database, { ...asked, by: asked.by ?? 'key' })
  const isFound = view.jobs.length > 0 || view.reached !== undefined
  if (asked.by || isFound) return view
  return await viewPage(database, { ...asked, by: 'words' })
}

async function viewPage(database: Database, asked: Asked): Promise<JobsView> {
  const look = async (wish: Wish) => {
    const { jobs: rows, ...found } = await find(database, filterOf(asked, asked.by), wish)
    return { rows, ...found }
  }
  const { rows: jobs, found, ...page } = await pageOf(asked, look, ({ id }: Listed) => id)
  return { ...page, jobs, searched: found.searched }
}
