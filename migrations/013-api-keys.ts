import type { Knex } from 'knex'
import { createWhole } from './create-whole.ts'

/** Keys for the API, of which only hashes are kept. */
export async function up(knex: Knex) {
  await createWhole(knex, 'api_keys', table => {
    table.bigIncrements('id')
    table.string('name', 64).notNullable()
    table.string('hash', 64).notNullable().unique({ indexName: 'api_keys_hash_unique' })
    table.string('prefix', 16).notNullable()
    table.string('space', 32).notNullable()
    table.string('scopes', 255).notNullable()
    table.integer('per_minute').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('expires_at')
    table.bigInteger('last_used_at')
    table.bigInteger('revoked_at')
    table.index(['name'], 'api_keys_name_index')
  })
}

export async function down(knex: Knex) {
  await knex.schema.dropTable('api_keys')
}
