import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/**
 * Times are milliseconds since 1970 in UTC, written by Node only, so that both databases agree;
 * read them with FROM_UNIXTIME(waiting_at / 1000).
 */
export async function up(knex: Knex) {
  await createWhole(knex, 'jobs', table => {
    table.bigIncrements('id')
    table.string('token', 32).notNullable().unique({ indexName: 'jobs_token_unique' })
    table.string('kind', 64).notNullable()
    table.string('state', 16).notNullable()
    table.text('payload', 'mediumtext').notNullable()
    table.string('email', 254).notNullable()
    table.string('language', 2).notNullable()
    table.string('idempotency_key', 64).unique({ indexName: 'jobs_idempotency_key_unique' })
    table.string('payload_hash', 64).notNullable()
    table.string('sqs_message_id', 100)
    table.integer('attempts').notNullable().defaultTo(0)
    table.integer('fencing_token').notNullable().defaultTo(0)
    table.bigInteger('lease_until')
    table.bigInteger('run_at')
    table.integer('progress').notNullable().defaultTo(0)
    table.text('error')
    table.text('warnings')
    table.string('file_key', 255)
    table.string('file_name', 255)
    table.bigInteger('file_bytes')
    table.bigInteger('waiting_at').notNullable()
    table.bigInteger('queued_at').notNullable()
    table.bigInteger('started_at')
    table.bigInteger('finished_at')
    table.index(['state', 'queued_at'], 'jobs_state_queued_at_index')
    table.index(['state', 'lease_until'], 'jobs_state_lease_until_index')
  })

  await createWhole(knex, 'effects', table => {
    table.bigInteger('job_id').unsigned().notNullable()
    table.string('step', 32).notNullable()
    table.integer('fencing_token').notNullable()
    table.integer('ambiguous').notNullable().defaultTo(0)
    table.text('receipt')
    table.bigInteger('began_at').notNullable()
    table.bigInteger('done_at')
    table.primary(['job_id', 'step'])
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('effects')
  await knex.schema.dropTable('jobs')
}
