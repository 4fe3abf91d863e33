import type { Person } from '../queue/audit.ts'
import type { Decision } from '../queue/decision.ts'
import type { Line } from '../queue/perform.ts'

/** Who decides what, and on which line. */
export type Acting = { line: Line; person: Person; decision: Decision }

export type Wish = {
  words: string[]
  values: {
    state?: string | undefined
    kind?: string | undefined
    search?: string | undefined
    yes?: boolean | undefined
    json?: boolean | undefined
  }
}

/** What each has become. */
export const done: Record<Decision, string> = {
  retry: 'sent back to the queue',
  discard: 'discarded',
  cancel: 'cancelled'
}

/** Which jobs each is for. */
export const fitting: Record<Decision, string> = {
  retry: 'one that has failed can be retried',
  discard: 'one that has failed can be discarded',
  cancel: 'one that waits, runs or is to be retried can be cancelled'
}
