import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** Each run of a periodic task, once for each time that cron.yaml names. */
export async function up(knex: Knex) {
  await createWhole(knex, 'ticks', table => {
    table.string('task', 64).notNullable()
    table.bigInteger('scheduled_at').notNullable()
    table.string('state', 16).notNullable()
    table.integer('fencing_token').notNullable().defaultTo(1)
    table.bigInteger('lease_until')
    table.bigInteger('began_at').notNullable()
    table.bigInteger('ended_at')
    table.text('result')
    table.primary(['task', 'scheduled_at'])
    table.index(['task', 'state'], 'ticks_task_state_index')
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('ticks')
}
