export type State =
  | 'waiting'
  | 'running'
  | 'retrying'
  | 'finished'
  | 'failed'
  | 'discarded'
  | 'cancelled'

/** From which states a job may come into each; no other change is possible. */
export const origins: Record<State, State[]> = {
  waiting: ['failed'],
  running: ['waiting', 'retrying', 'running'],
  retrying: ['running'],
  finished: ['running'],
  failed: ['running', 'waiting', 'retrying'],
  discarded: ['failed'],
  cancelled: ['waiting', 'retrying', 'running']
}

/** What moves a job, and into which state; the timeline calls it so. */
export const moves = {
  claimed: 'running',
  /** From an attempt whose lease ran out. */
  'taken over': 'running',
  finished: 'finished',
  /** After an error, by its own message. */
  retrying: 'retrying',
  /** To a time that its work or its kind has named, by a new message. */
  postponed: 'retrying',
  /** By a worker that stops. */
  'handed back': 'retrying',
  /** From a worker that died. */
  released: 'retrying',
  failed: 'failed',
  /** By the sweep or for its deadline, when nobody was at it. */
  'given up': 'failed',
  /** With its message in the dead-letter queue. */
  buried: 'failed',
  /** By the operator, as the two below. */
  requeued: 'waiting',
  discarded: 'discarded',
  cancelled: 'cancelled'
} as const satisfies Record<string, State>

export type Move = keyof typeof moves
