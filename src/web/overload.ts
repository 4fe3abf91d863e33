import type { Database, Patience } from '../database.ts'
import { isUnserved } from '../queue/statement.ts'
import { waited } from '../waited.ts'

/** Connections are given in turn: when the first in line has waited so long, whoever comes now would as well. */
const longWaitSeconds = 2

/**
 * A request that was let in waits no longer than this for each connection. It has room for one that is to be made
 * anew, and for a database that halts for a moment.
 */
export const patienceOfPeople: Patience = { waitSeconds: 4 }

/** A hook for routes that need the database: refuses at once what would wait too long for it. */
export function admission(database: Database) {
  return async () => admit(database)
}

/** Throws an overload when a request that needs the database would wait too long for it. */
export function admit(database: Database) {
  const seconds = waited(database)
  if (seconds > longWaitSeconds) throw new Overload(seconds)
}

class Overload extends Error {
  constructor(seconds: number) {
    super(
      `The database is behind: a statement has waited ${seconds.toFixed(1)} s for a connection.`
    )
  }
}

/** Whether a request was refused, or given up, before it has changed anything. */
export function isOverload(error: unknown) {
  return error instanceof Overload || isUnserved(error)
}
