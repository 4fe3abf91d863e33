import type { Knex } from 'knex'

/**
 * Adds nullable columns to a table of any size at once. MySQL and MariaDB write them into the dictionary only
 * (ALGORITHM=INSTANT), and refuse, where they can't, instead of copying the table under a lock.
 */
export async function addColumns(knex: Knex, table: string, columns: Record<string, string>) {
  const isMysql = knex.client.dialect === 'mysql'
  const added = Object.entries(columns).map(([name, type]) => `ADD COLUMN ${name} ${type} NULL`)
  if (isMysql) await knex.raw(`ALTER TABLE ${table} ${added.join(', ')}, ALGORITHM=INSTANT`)
  else for (const one of added) await knex.raw(`ALTER TABLE ${table} ${one}`)
}

/** All columns of one `addColumns` come together on MySQL; on SQLite a migration is a transaction. */
export const columnExists = (knex: Knex, table: string, column: string) =>
  knex.schema.hasColumn(table, column)
