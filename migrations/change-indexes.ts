import type { Knex } from 'knex'

type Change = { add: Record<string, string[]>; drop: string[] }

/**
 * Builds and drops indexes while the table is read and written: MySQL and MariaDB refuse (LOCK=NONE) rather than
 * lock it. All in one statement, which happens whole or not at all.
 */
export async function changeIndexes(knex: Knex, table: string, { add, drop }: Change) {
  const added = Object.entries(add)
  if (knex.client.dialect === 'mysql') {
    const parts = [
      ...added.map(([name, columns]) => `ADD INDEX ${name} (${columns.join(', ')})`),
      ...drop.map(name => `DROP INDEX ${name}`)
    ]
    await knex.raw(`ALTER TABLE ${table} ${parts.join(', ')}, ALGORITHM=INPLACE, LOCK=NONE`)
    return
  }
  for (const [name, columns] of added)
    await knex.raw(`CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`)
  for (const name of drop) await knex.raw(`DROP INDEX ${name}`)
}

export async function indexExists(knex: Knex, table: string, name: string): Promise<boolean> {
  if (knex.client.dialect === 'mysql') {
    const [rows] = await knex.raw('SHOW INDEX FROM ?? WHERE Key_name = ?', [table, name])
    return rows.length > 0
  }
  return (await knex('sqlite_master').where({ type: 'index', name })).length > 0
}
