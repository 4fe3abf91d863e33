import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'

/** What has become of a job, step by step: a line of JSON for each, oldest first. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'jobs', 'timeline')))
    await addColumns(knex, 'jobs', { timeline: 'MEDIUMTEXT' })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('timeline')
  })
}
