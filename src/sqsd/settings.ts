/** What Beanstalk calls option settings of `aws:elasticbeanstalk:sqsd`; times in seconds. */
export type Settings = {
  queueUrl: string
  /** Scheme, host and port of the worker. */
  httpUrl: string
  httpPath: string
  mimeType: string
  /** The most POSTs at one time. */
  httpConnections: number
  connectTimeoutSeconds: number
  /** How long the worker may be silent before the connection is cut. */
  inactivityTimeoutSeconds: number
  /** How long a received message stays invisible to others; sent with every receive. */
  visibilityTimeoutSeconds: number
  /** After a failed POST the message is visible again in so long; unset: when its visibility times out. */
  errorVisibilityTimeoutSeconds?: number
  /** A message first received longer ago is deleted without a POST. */
  retentionPeriodSeconds: number
  /** How long one receive waits for messages. */
  waitTimeSeconds: number
  /** How long POSTs may go on after the order to stop. */
  drainSeconds: number
  /** Path of cron.yaml; unset: no periodic tasks. */
  cronFile?: string
}

/** The defaults of the Elastic Beanstalk Developer Guide, "General options for all environments". */
export const defaults = {
  httpUrl: 'http://127.0.0.1:80',
  httpPath: '/',
  mimeType: 'application/json',
  httpConnections: 50,
  connectTimeoutSeconds: 5,
  inactivityTimeoutSeconds: 299,
  visibilityTimeoutSeconds: 300,
  retentionPeriodSeconds: 345_600,
  waitTimeSeconds: 20,
  drainSeconds: 600
} satisfies Partial<Settings>

/** Lowest and highest value of each number, from the same page where it has the option. */
export const ranges = {
  httpConnections: [1, 100],
  connectTimeoutSeconds: [1, 60],
  inactivityTimeoutSeconds: [1, 36_000],
  visibilityTimeoutSeconds: [0, 43_200],
  errorVisibilityTimeoutSeconds: [0, 43_200],
  retentionPeriodSeconds: [60, 1_209_600],
  waitTimeSeconds: [0, 20],
  drainSeconds: [0, 43_200]
} as const
