import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** Who is told that a job has finished or failed, and what came of each try to tell them. */
export async function up(knex: Knex) {
  await createWhole(knex, 'webhooks', table => {
    table.bigIncrements('id')
    table.string('url', 1000).notNullable()
    table.string('secret', 100).notNullable()
    table.string('old_secret', 100)
    table.bigInteger('old_secret_until')
    table.string('events', 100).notNullable()
    table.string('kinds', 1000)
    table.bigInteger('made_at').notNullable()
    table.string('made_by', 80).notNullable()
    table.bigInteger('paused_at')
    table.string('paused_for', 200)
    table.bigInteger('announced_until').notNullable()
  })
  await createWhole(knex, 'webhook_attempts', table => {
    table.bigIncrements('id')
    table.bigInteger('webhook_id').notNullable()
    table.bigInteger('job_id').notNullable()
    table.bigInteger('at').notNullable()
    table.integer('ms').notNullable()
    table.boolean('is_ok').notNullable()
    table.integer('status')
    table.string('said', 400).notNullable()
    table.string('signature', 200).notNullable()
    table.index(['job_id', 'id'], 'webhook_attempts_job_id_id_index')
    table.index(['webhook_id', 'is_ok', 'at'], 'webhook_attempts_webhook_id_is_ok_at_index')
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('webhook_attempts')
  await knex.schema.dropTable('webhooks')
}
