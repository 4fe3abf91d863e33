import type { Faults } from './faults.ts'

/** How the daemon works. What Beanstalk has as an option setting of `aws:elasticbeanstalk:sqsd` bears its name. */
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
  /** Which failures that follows: an answer other than 200, or a broken connection and silence too. */
  errorVisibilityFor: 'answers' | 'failures'
  /** When the worker closes the connection without an answer: a failure as any other, or POSTed again at once. */
  closedConnection: 'fail' | 'repost'
  /** Which messages have the header X-Aws-Sqsd-Path filled in: all, or those with a path of their own. */
  pathHeader: 'all' | 'own'
  /** Leaves out headers with "_" or "." in their name, as nginx does between the daemon and the worker. */
  nginxHeaders: boolean
  /** A message first received longer ago is deleted without a POST. */
  retentionPeriodSeconds: number
  /** How long one receive waits for messages. */
  waitTimeSeconds: number
  /** How long POSTs may go on after the order to stop. */
  drainSeconds: number
  /** Ends at once when told to stop, as Amazon's daemon does. */
  faithfulKill: boolean
  /** Path of cron.yaml; unset: no periodic tasks. */
  cronFile?: string
  /** A database in which the daemons of a queue agree on who sends the ticks; unset: this one does. */
  registryUrl?: string
  /** Where GET /health answers, on 127.0.0.1; unset: nowhere. */
  healthPort?: number
  /** What goes wrong on purpose. */
  faults?: Faults
  /** Makes the faults of a run the same again. */
  seed: number
  /** Logs a line of JSON for each event instead of Amazon's format. */
  json: boolean
}

type Optional =
  | 'queueUrl'
  | 'errorVisibilityTimeoutSeconds'
  | 'cronFile'
  | 'registryUrl'
  | 'healthPort'
  | 'faults'

/** The defaults of the Elastic Beanstalk Developer Guide, "General options for all environments". */
export const defaults: Omit<Settings, Optional> = {
  httpUrl: 'http://127.0.0.1:80',
  httpPath: '/',
  mimeType: 'application/json',
  httpConnections: 50,
  connectTimeoutSeconds: 5,
  inactivityTimeoutSeconds: 299,
  visibilityTimeoutSeconds: 300,
  errorVisibilityFor: 'failures',
  closedConnection: 'fail',
  pathHeader: 'all',
  nginxHeaders: false,
  retentionPeriodSeconds: 345_600,
  waitTimeSeconds: 20,
  drainSeconds: 600,
  faithfulKill: false,
  seed: 1,
  json: false
}

export type Preset = 'docs' | 'v2' | 'observed-v3'

/**
 * What is told about Amazon's daemon where the accounts differ: its documentation, the source of
 * version 2.0, and version 3.0.5 as it was seen to behave, which is also the default.
 */
export function presetSettings(preset: Preset, given: Partial<Settings>): Partial<Settings> {
  const { visibilityTimeoutSeconds = 300 } = given
  switch (preset) {
    case 'docs':
      return { errorVisibilityTimeoutSeconds: 2, errorVisibilityFor: 'answers' }
    case 'v2':
      return {
        httpConnections: 16,
        // As long as the visibility, within what Amazon allows.
        inactivityTimeoutSeconds: Math.min(Math.max(visibilityTimeoutSeconds, 1), 36_000),
        closedConnection: 'repost',
        pathHeader: 'own'
      }
    case 'observed-v3':
      return {}
  }
}
