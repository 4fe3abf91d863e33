import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'
import { changeIndexes, indexExists } from './change-indexes.ts'

/** Each is followed by the id, unseen on MySQL and SQLite alike: the newest come from its end. */
const indexes = {
  jobs_kind_state_id_index: ['kind', 'state', 'id'],
  jobs_waiting_at_index: ['waiting_at'],
  jobs_email_index: ['email'],
  jobs_search_number_index: ['search_number'],
  jobs_search_name_index: ['search_name']
}

/** For the operator's search: what a job is looked for by, beside its id and token. Older rows have no number and name. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'jobs', 'search_number')))
    await addColumns(knex, 'jobs', { search_number: 'VARCHAR(64)', search_name: 'VARCHAR(64)' })
  if (await indexExists(knex, 'jobs', 'jobs_search_name_index')) return
  await changeIndexes(knex, 'jobs', { add: indexes, drop: [] })
}

export async function down(knex: Knex) {
  await changeIndexes(knex, 'jobs', { add: {}, drop: Object.keys(indexes) })
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('search_number')
    table.dropColumn('search_name')
  })
}
