/** Thrown by work that can never succeed: the job fails at once, without a retry. */
export class GiveUp extends Error {
  override name = 'GiveUp'
}

/** Thrown for a known, passing cause: the job runs again after `seconds`, and no message is blamed for it. */
export class RetryLater extends Error {
  override name = 'RetryLater'
  readonly seconds: number

  constructor(seconds: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.seconds = Math.max(1, Math.ceil(seconds))
  }
}

/** How one delivery of a message ended; `worker/app.ts` turns it into the answer that sqsd gets. */
export type Outcome =
  | 'finished'
  | 'begun'
  | 'full'
  | 'duplicate'
  | 'busy'
  | 'gave up'
  | 'overdue'
  | 'retry later'
  | 'retry'
  | 'handed back'
  | 'failed'
  | 'unknown'
