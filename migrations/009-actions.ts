import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** What people have done on the dashboard. */
export async function up(knex: Knex) {
  await createWhole(knex, 'actions', table => {
    table.bigIncrements('id')
    table.bigInteger('at').notNullable()
    table.string('role', 16).notNullable()
    table.string('name', 60).notNullable()
    table.string('address', 45).notNullable()
    table.string('action', 40).notNullable()
    table.bigInteger('job_id')
    table.string('outcome', 16).notNullable()
    table.text('details')
    table.index(['job_id', 'id'], 'actions_job_id_id_index')
    table.index(['at'], 'actions_at_index')
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('actions')
}
