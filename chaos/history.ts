import type { Database } from '../src/database.ts'

/** A change of a job's state or of the attempt that holds it, as the database has seen it. */
export type Move = { job_id: number; was: string; became: string; fencing_token: number }

/**
 * Has the database itself write down every change, whoever makes it: what the programs say of themselves
 * is not asked.
 */
export async function keepHistory(database: Database) {
  await database.schema.createTable('moves', table => {
    table.bigIncrements('id')
    table.bigInteger('job_id').notNullable()
    table.string('was', 16).notNullable()
    table.string('became', 16).notNullable()
    table.integer('fencing_token').notNullable()
  })
  await database.raw(`CREATE TRIGGER keep_moves AFTER UPDATE ON jobs FOR EACH ROW
    INSERT INTO moves (job_id, was, became, fencing_token)
    SELECT NEW.id, OLD.state, NEW.state, NEW.fencing_token FROM DUAL
    WHERE OLD.state <> NEW.state OR OLD.fencing_token <> NEW.fencing_token`)
}

export async function readHistory(database: Database): Promise<Map<number, Move[]>> {
  const moves: Move[] = await database('moves').orderBy('id')
  return Map.groupBy(moves, ({ job_id }) => job_id)
}
