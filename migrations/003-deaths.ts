import type { Knex } from 'knex'

/**
 * How often a job's worker died at it, and when its message was found dead. Both columns have a default,
 * so MySQL 8 adds them at once (ALGORITHM=INSTANT) and the version before goes on without them; the index
 * is built while the table is read and written (online DDL).
 */
export async function up(knex: Knex) {
  if (!(await knex.schema.hasColumn('jobs', 'deaths')))
    await knex.schema.alterTable('jobs', table => {
      table.integer('deaths').notNullable().defaultTo(0)
      table.bigInteger('dead_lettered_at')
    })
  if (!(await hasIndex(knex)))
    await knex.schema.alterTable('jobs', table => {
      table.index(['state', 'finished_at'], name)
    })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropIndex(['state', 'finished_at'], name)
    table.dropColumns('deaths', 'dead_lettered_at')
  })
}

const name = 'jobs_state_finished_at_index'

/** A migration that was killed between the two statements runs again. */
async function hasIndex(knex: Knex): Promise<boolean> {
  if (knex.client.dialect === 'mysql') {
    const [rows] = await knex.raw('SHOW INDEX FROM jobs WHERE Key_name = ?', [name])
    return rows.length > 0
  }
  return (await knex('sqlite_master').where({ type: 'index', name })).length > 0
}
