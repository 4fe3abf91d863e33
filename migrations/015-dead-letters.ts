import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** What was seen in the dead-letter queue, and the orders to send back a group of it little by little. */
export async function up(knex: Knex) {
  await createWhole(knex, 'dead_letters', table => {
    table.string('message_id', 128).primary()
    table.bigInteger('job_id')
    table.string('kind', 64).notNullable()
    table.string('fingerprint', 32).notNullable()
    table.string('sentence', 255).notNullable()
    table.text('body').notNullable()
    table.text('handle').notNullable()
    table.integer('receives').notNullable()
    table.bigInteger('sent_at').notNullable()
    table.bigInteger('first_seen_at').notNullable()
    table.bigInteger('last_seen_at').notNullable()
    table.bigInteger('discarded_at')
    table.index(['fingerprint', 'first_seen_at'], 'dead_letters_fingerprint_first_seen_at_index')
    table.index(['last_seen_at'], 'dead_letters_last_seen_at_index')
  })
  await createWhole(knex, 'redrives', table => {
    table.bigIncrements('id')
    table.string('fingerprint', 32).notNullable()
    table.string('running_fingerprint', 32).unique({ indexName: 'redrives_running_unique' })
    table.string('kind', 64).notNullable()
    table.string('sentence', 255).notNullable()
    table.integer('per_minute').notNullable()
    table.integer('total').notNullable()
    table.string('state', 16).notNullable()
    table.string('name', 60).notNullable()
    table.bigInteger('returned_job_id')
    table.bigInteger('began_at').notNullable()
    table.bigInteger('advanced_at').notNullable()
    table.bigInteger('ended_at')
    table.index(['ended_at'], 'redrives_ended_at_index')
  })
  await createWhole(knex, 'redriven', table => {
    table.bigInteger('redrive_id').notNullable()
    table.bigInteger('job_id').notNullable()
    table.integer('fencing_token').notNullable()
    table.bigInteger('at').notNullable()
    table.primary(['redrive_id', 'job_id'])
  })
}

export async function down(knex: Knex) {
  for (const table of ['redriven', 'redrives', 'dead_letters']) await knex.schema.dropTable(table)
}
