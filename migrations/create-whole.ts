import type { Knex } from 'knex'

/**
 * MySQL has no transaction around a CREATE TABLE and the indexes after it. Under its own name the
 * table appears when it is complete, so a migration that was killed can be run again.
 */
export async function createWhole(
  knex: Knex,
  name: string,
  describe: (table: Knex.CreateTableBuilder) => void
) {
  if (await knex.schema.hasTable(name)) return
  const draft = `${name}_draft`
  await knex.schema.dropTableIfExists(draft)
  await knex.schema.createTable(draft, table => {
    compareBytes(knex, table)
    describe(table)
  })
  await knex.schema.renameTable(draft, name)
}

/** MySQL would take an upper-case token for a lower-case one; SQLite compares bytes anyway. */
function compareBytes(knex: Knex, table: Knex.CreateTableBuilder) {
  if (knex.client.dialect !== 'mysql') return
  table.charset('utf8mb4')
  table.collate('utf8mb4_bin')
}
