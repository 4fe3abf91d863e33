import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'

/** When the person closed the link to the files. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'jobs', 'revoked_at')))
    await addColumns(knex, 'jobs', { revoked_at: 'BIGINT' })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('revoked_at')
  })
}
