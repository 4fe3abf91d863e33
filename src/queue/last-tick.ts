import type { Database } from '../database.ts'
import { repeated } from './statement.ts'

/** What became of a tick. Times are milliseconds since 1970. */
export type LastTick = {
  scheduled_at: number
  state: 'running' | 'done' | 'failed' | 'skipped' | 'missed'
  began_at: number
  ended_at: number | null
  result: string | null
}

/** The latest tick of a task, whatever became of it; by the primary key. */
export async function lastTick(database: Database, task: string): Promise<LastTick | undefined> {
  const row = () =>
    database<LastTick & { task: string }>('ticks')
      .where({ task })
      .orderBy('scheduled_at', 'desc')
      .first('scheduled_at', 'state', 'began_at', 'ended_at', 'result')
  return await repeated(row)
}
