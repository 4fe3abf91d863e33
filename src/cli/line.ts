import type { Database } from '../database.ts'
import { openLog } from '../log.ts'
import type { Line } from '../queue/perform.ts'
import { type Place, readLookPlace, readPlace } from './place.ts'
import { tell } from './print.ts'

/** Opens the database alone, for as long as `work` takes. */
export async function withDatabase<Result>(
  place: Place,
  work: (database: Database) => Promise<Result>
): Promise<Result> {
  const config = readLookPlace(place)
  const { openDatabase } = await import('../database.ts')
  const database = openDatabase(config)
  return await work(database).finally(() => database.destroy())
}

/** Opens the line as a tier does, by the same clock, for as long as `work` takes. */
export async function withLine<Result>(
  place: Place,
  work: (line: Line) => Promise<Result>
): Promise<Result> {
  const config = readPlace(place)
  const [{ openServices }, { watchClock }, { kinds }] = await Promise.all([
    import('../services.ts'),
    import('../queue/clock.ts'),
    import('../jobs/index.ts')
  ])
  const log = openShellLog()
  const services = openServices(config, log)
  const clock = watchClock(services.database, log.warn.bind(log))
  try {
    await clock.measured
    return await work({ ...services, kinds })
  } finally {
    clock.stop()
    await services.underway.ended()
    await services.close()
  }
}

/** What the engine warns of, as sentences on stderr. */
export const openShellLog = () =>
  openLog({ level: 'warn', base: null }, { write: line => tell(sentenceOf(line)) })

/** A line of the log, for people. */
function sentenceOf(line: string): string {
  const { msg, job, err } = JSON.parse(line)
  const about = job === undefined ? '' : `Job ${job}: `
  return `${about}${msg}${err ? ` (${err.message || err.code})` : ''}`
}
