import type { Database } from '../database.ts'
import type { Filter } from '../queue/filter.ts'
import { type Found, find } from '../queue/find.ts'
import type { Effort, Wish } from '../queue/search.ts'
import { WrongUsage } from './command.ts'

/** Nobody but who typed it waits, so words are looked for further back than a page of the dashboard does. */
const effort: Effort = { jobs: 200_000, milliseconds: 3000 }

/**
 * Finds jobs as the dashboard does: what is searched for as a whole among all, else as words in the newest. Gives
 * the filter that has found them as well.
 */
export async function search(
  database: Database,
  filter: Filter,
  text: string | undefined,
  wish: Wish
): Promise<{ filter: Filter; found: Found }> {
  const look = async (narrowed: Filter) => ({
    filter: narrowed,
    found: await find(database, narrowed, { effort, ...wish })
  })
  if (text === undefined) return await look(filter)
  const words = text.trim()
  if (words === '') throw new WrongUsage('--search is empty: say what to look for.')
  const byKey = await look({ ...filter, key: words })
  return byKey.found.jobs.length > 0 ? byKey : await look({ ...filter, words })
}
