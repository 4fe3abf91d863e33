import type { Knex } from 'knex'
import { changeIndexes, indexExists } from './change-indexes.ts'

/**
 * For the overview: how long each job took that ended in an interval, and which mails are in doubt, from an index
 * alone. The first does all that the index of ends did.
 */
export async function up(knex: Knex) {
  if (!(await indexExists(knex, 'jobs', ended)))
    await changeIndexes(knex, 'jobs', {
      add: { [ended]: ['state', 'finished_at', 'waiting_at'] },
      drop: ['jobs_state_finished_at_index']
    })
  if (!(await indexExists(knex, 'effects', doubtful)))
    await changeIndexes(knex, 'effects', {
      add: { [doubtful]: ['ambiguous', 'began_at'] },
      drop: []
    })
}

export async function down(knex: Knex) {
  await changeIndexes(knex, 'effects', { add: {}, drop: [doubtful] })
  await changeIndexes(knex, 'jobs', {
    add: { jobs_state_finished_at_index: ['state', 'finished_at'] },
    drop: [ended]
  })
}

const ended = 'jobs_state_finished_at_waiting_at_index'
const doubtful = 'effects_ambiguous_began_at_index'
