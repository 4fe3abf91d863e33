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
