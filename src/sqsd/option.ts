import { faultsSyntax, readFaults } from './faults.ts'
import type { Preset, Settings } from './settings.ts'
import { choice, pattern, toggle, url, type Value, whole } from './value.ts'

/** How a setting is given from outside, always as text. */
export type Option<Type = unknown> = Value<Type> & {
  /** `--connect-timeout`, and `SQSD_CONNECT_TIMEOUT` in the environment. */
  flag: string
  /** Its name in the namespace `aws:elasticbeanstalk:sqsd`. */
  beanstalk?: string
  help: string
}

type Options = { [Key in keyof Settings]-?: Option<NonNullable<Settings[Key]>> }

const httpUrl = url(
  'a URL without a path or a password, as http://127.0.0.1:8080',
  parsed => isHttp(parsed) && isOrigin(parsed) && parsed.origin
)
const queueUrl = url(
  'the URL of an SQS queue, which ends with its name',
  (parsed, text) => isHttp(parsed) && /[^/]$/.test(parsed.pathname) && text
)
const registryUrl = url(
  'mysql://user:password@host/database or sqlite:file, as sqlite:/var/lib/sqsd.db',
  (parsed, text) => isRegistry(parsed) && text
)

/** All settings, in the order of the help. Ranges are those of the Elastic Beanstalk Developer Guide. */
export const options: Options = {
  queueUrl: {
    flag: 'worker-queue-url',
    beanstalk: 'WorkerQueueURL',
    help: 'the queue, standard or FIFO (also QUEUE_URL)',
    ...queueUrl
  },
  httpUrl: { flag: 'http-url', help: 'where the worker listens', ...httpUrl },
  httpPath: {
    flag: 'http-path',
    beanstalk: 'HttpPath',
    help: 'the path that messages are POSTed to',
    ...pattern(/^\/[\x21-\x7e]*$/, 'a path that begins with "/", percent-encoded')
  },
  mimeType: {
    flag: 'mime-type',
    beanstalk: 'MimeType',
    help: 'the Content-Type of every POST',
    ...pattern(/^[\w.+-]+\/[\w.+-]+( *;[\x20-\x7e]*)?$/, 'a MIME type, as application/json')
  },
  httpConnections: {
    flag: 'http-connections',
    beanstalk: 'HttpConnections',
    help: 'the most POSTs at one time',
    ...whole(1, 100)
  },
  connectTimeoutSeconds: {
    flag: 'connect-timeout',
    beanstalk: 'ConnectTimeout',
    help: 'seconds for a connection to the worker',
    ...whole(1, 60)
  },
  inactivityTimeoutSeconds: {
    flag: 'inactivity-timeout',
    beanstalk: 'InactivityTimeout',
    help: 'seconds of silence after which a POST is cut off; v2: as many as --visibility-timeout',
    ...whole(1, 36_000)
  },
  visibilityTimeoutSeconds: {
    flag: 'visibility-timeout',
    beanstalk: 'VisibilityTimeout',
    help: 'seconds that a received message stays invisible',
    ...whole(0, 43_200)
  },
  errorVisibilityTimeoutSeconds: {
    flag: 'error-visibility-timeout',
    beanstalk: 'ErrorVisibilityTimeout',
    help: 'seconds until a failed message is visible again; unset: when its visibility times out',
    ...whole(0, 43_200)
  },
  errorVisibilityFor: {
    flag: 'error-visibility-for',
    help: 'what that is for: "answers" other than 200, or all "failures"',
    ...choice('answers', 'failures')
  },
  closedConnection: {
    flag: 'closed-connection',
    help: 'no answer at all: "fail" as any error, or "repost" at once, three times at most',
    ...choice('fail', 'repost')
  },
  pathHeader: {
    flag: 'path-header',
    help: 'X-Aws-Sqsd-Path is filled in for "all" messages, or those with a path of their "own"',
    ...choice('all', 'own')
  },
  nginxHeaders: {
    flag: 'nginx-headers',
    help: 'leave out headers that nginx drops, those with "_" or "." in their name',
    ...toggle()
  },
  retentionPeriodSeconds: {
    flag: 'retention-period',
    beanstalk: 'RetentionPeriod',
    help: 'seconds since its first receive after which a message is deleted without a POST',
    ...whole(60, 1_209_600)
  },
  waitTimeSeconds: {
    flag: 'wait-time',
    help: 'seconds that one receive waits for messages',
    ...whole(1, 20)
  },
  drainSeconds: {
    flag: 'drain-time',
    help: 'seconds that POSTs may go on after SIGTERM',
    ...whole(0, 43_200)
  },
  faithfulKill: {
    flag: 'faithful-kill',
    help: "end at once on SIGTERM, as Amazon's daemon does",
    ...toggle()
  },
  cronFile: {
    flag: 'cron-file',
    help: 'periodic tasks; unset: cron.yaml of this folder, if it is there; "none": no tasks',
    ...pattern(/./, 'the path of a file, or none')
  },
  registryUrl: {
    flag: 'registry-url',
    help: 'where several daemons agree on who sends the ticks: mysql://… or sqlite:file',
    ...registryUrl
  },
  healthPort: {
    flag: 'health-port',
    help: 'answer GET /health on this port of 127.0.0.1',
    ...whole(0, 65_535)
  },
  faults: {
    flag: 'faults',
    help: 'what goes wrong on purpose, as duplicate=0.1,cut=60 (docs/sqsd.md)',
    means: faultsSyntax,
    read: readFaults
  },
  seed: {
    flag: 'seed',
    help: 'makes the faults of a run the same again',
    ...whole(0, 4_294_967_295)
  },
  json: { flag: 'json', help: 'log lines of JSON', ...toggle() }
}

const preset: Option<Preset> = {
  flag: 'preset',
  help: 'as Amazon\'s daemon is documented ("docs"), was in 2.0 ("v2") or was seen ("observed-v3")',
  ...choice('docs', 'v2', 'observed-v3')
}

const ebextensions: Option<string> = {
  flag: 'ebextensions',
  help: 'take what is deployed: aws:elasticbeanstalk:sqsd in the *.config files of this folder',
  ...pattern(/./, 'the path of a folder')
}

/** Every flag that has a value or can be a variable, by the key of its setting. */
export const table: Record<string, Option> = { ...options, preset, ebextensions }

export function variableOf({ flag }: Option): string {
  return `SQSD_${flag.toUpperCase().replaceAll('-', '_')}`
}

function isHttp({ protocol }: URL) {
  return protocol === 'http:' || protocol === 'https:'
}

function isOrigin({ pathname, search, hash, username, password }: URL) {
  return pathname === '/' && !search && !hash && !username && !password
}

/** Without a file, SQLite keeps a database for this daemon alone, in which it always leads. */
function isRegistry({ protocol, host, pathname }: URL) {
  if (protocol === 'mysql:') return host !== '' && pathname.length > 1
  return protocol === 'sqlite:' && !host && pathname !== '' && !pathname.includes(':memory:')
}
