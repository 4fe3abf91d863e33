import type { Knex } from 'knex'
import { changeIndexes, indexExists } from './change-indexes.ts'

/**
 * For the dashboard: the newest jobs of a state. It finds the few running ones for the sweep as well, so the
 * index of leases goes, which every renewal had to write.
 */
export async function up(knex: Knex) {
  if (await indexExists(knex, 'jobs', 'jobs_state_id_index')) return
  await changeIndexes(knex, 'jobs', {
    add: { jobs_state_id_index: ['state', 'id'] },
    drop: ['jobs_state_lease_until_index']
  })
}

export async function down(knex: Knex) {
  await changeIndexes(knex, 'jobs', {
    add: { jobs_state_lease_until_index: ['state', 'lease_until'] },
    drop: ['jobs_state_id_index']
  })
}
