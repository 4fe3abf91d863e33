import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'

/** When the operator last sent a failed job back: its deadline counts from then. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'jobs', 'retried_at')))
    await addColumns(knex, 'jobs', { retried_at: 'BIGINT' })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('retried_at')
  })
}
