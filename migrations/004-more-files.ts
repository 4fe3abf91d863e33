import type { Knex } from 'knex'

/** Files beside the first one, as JSON: `[{ "key", "name", "bytes" }]`. */
export async function up(knex: Knex) {
  if (await knex.schema.hasColumn('jobs', 'more_files')) return
  await knex.schema.alterTable('jobs', table => {
    table.text('more_files')
  })
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('more_files')
  })
}
