import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'

/** Who holds a job or a tick, what was received for its effects, and the SHA-256 of its file. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'jobs', 'claimed_by')))
    await addColumns(knex, 'jobs', {
      claimed_by: 'VARCHAR(100)',
      receipts: 'TEXT',
      file_sha256: 'VARCHAR(64)'
    })
  if (!(await columnExists(knex, 'ticks', 'claimed_by')))
    await addColumns(knex, 'ticks', { claimed_by: 'VARCHAR(100)' })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropColumns('claimed_by', 'receipts', 'file_sha256')
  })
  await knex.schema.alterTable('ticks', table => {
    table.dropColumn('claimed_by')
  })
}
