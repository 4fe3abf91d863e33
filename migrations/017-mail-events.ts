import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** What SES tells of mails after it has taken them; each once, however often it is told. */
export async function up(knex: Knex) {
  await createWhole(knex, 'mail_events', table => {
    table.bigIncrements('id')
    table.bigInteger('job_id').unsigned()
    table.string('message_id', 100).notNullable()
    table.string('event', 16).notNullable()
    table.string('recipient', 254).notNullable()
    table.bigInteger('at').notNullable()
    table.string('type', 32)
    table.string('subtype', 64)
    table.string('answer', 500)
    table.unique(['message_id', 'event', 'recipient', 'at'], { indexName: 'mail_events_unique' })
    table.index(['job_id', 'at'], 'mail_events_job_id_at_index')
    table.index(['event', 'job_id'], 'mail_events_event_job_id_index')
    table.index(['event', 'at'], 'mail_events_event_at_index')
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('mail_events')
}
