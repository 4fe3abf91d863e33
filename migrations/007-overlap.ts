import type { Knex } from 'knex'
import { addColumns, columnExists } from './add-columns.ts'
import { indexExists } from './change-indexes.ts'

const name = 'ticks_running_task_unique'

/** The task of a tick while it runs: unique, so that no two runs of a task overlap. */
export async function up(knex: Knex) {
  if (!(await columnExists(knex, 'ticks', 'running_task')))
    await addColumns(knex, 'ticks', { running_task: 'VARCHAR(64)' })
  if (!(await indexExists(knex, 'ticks', name)))
    await knex.raw(`CREATE UNIQUE INDEX ${name} ON ticks (running_task)`)
}

export async function down(knex: Knex) {
  await knex.schema.alterTable('ticks', table => {
    table.dropUnique(['running_task'], name)
    table.dropColumn('running_task')
  })
}
