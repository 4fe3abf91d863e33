import type { Filter } from '../src/queue/filter.ts'
import { find } from '../src/queue/find.ts'
import type { Engine } from './engine.ts'

/** What the dashboard's list is asked for. */
export function searches(database: Engine['database']) {
  const searching = (filter: Filter) => async () => {
    const { reached: before } = await find(database, filter, { most: 20 })
    await find(database, filter, { most: 20, before, after: 5000 })
  }
  const time = { from: Date.now() - 80 * 86_400_000, to: Date.now() - 86_400_000 }
  return {
    'find any': searching({}),
    'find by state': searching({ state: 'failed' }),
    'find by a rare state': searching({ state: 'running' }),
    'find by kind': searching({ kind: 'invoice' }),
    'find by kind and state': searching({ kind: 'report', state: 'failed' }),
    'find by state and time': searching({ state: 'finished', ...time }),
    'find by number': searching({ key: '2026-77' }),
    'find by id': searching({ key: '777' }),
    'find by token': searching({ key: '777'.padStart(32, '0') }),
    'find by address': searching({ key: 'shop@example.jp', state: 'failed' }),
    'find by words': searching({ words: 'no such words' }),
    'find by words among the failed': searching({ words: 'SES', state: 'failed' })
  }
}
