import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onBothDatabases } from '../../test/databases.ts'
import { openEngine, recordJob } from '../../test/engine.ts'
import { page } from './page.ts'
import type { State } from './state.ts'

onBothDatabases(url => {
  test('pages have every job that fits once, from the newest on, whatever is asked for', async t => {
    const engine = await openEngine(t, url(), async () => ({}))
    const { database } = engine
    const states: State[] = ['waiting', 'finished', 'failed']
    for (let count = 0; count < 24; count += 1) {
      const { id } = await recordJob(engine)
      const kind = count % 2 ? 'invoice' : 'report'
      await database('jobs')
        .where({ id })
        .update({ kind, state: states[count % 3] })
    }
    for (const kind of [undefined, 'invoice', 'report', 'noop'])
      for (const state of [undefined, ...states, 'cancelled' as const]) {
        const all: number[] = []
        for (let before: number | undefined; ; before = all.at(-1)) {
          const few = await page(database, { kind, state, before }, 5)
          assert.ok(few.every(job => job.kind === (kind ?? job.kind)))
          assert.ok(few.every(job => job.state === (state ?? job.state)))
          all.push(...few.map(({ id }) => id))
          if (few.length < 5) break
        }
        const where = { ...(kind && { kind }), ...(state && { state }) }
        const expected = await database('jobs').where(where).orderBy('id', 'desc').pluck('id')
        assert.deepEqual(all, expected, `${kind} ${state}`)
      }
  })
})
