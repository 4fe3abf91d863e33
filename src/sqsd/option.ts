import { faultsSyntax, readFaults } from './faults.ts'
import type { Preset, Settings } from './settings.ts'

/** How a setting is given from outside, always as text. */
export type Option<Value = unknown> = {
  /** `--connect-timeout`, and `SQSD_CONNECT_TIMEOUT` in the environment. */
  flag: string
  /** Its name in the namespace `aws:elasticbeanstalk:sqsd`. */
  beanstalk?: string
  help: string
  /** What the text must be, for the sentence that says it is not. */
  means: string
  /** The value of a text, or undefined when it is none. */
  read(text: string): Value | undefined
  /** True for a flag without a value. */
  isSwitch?: boolean
}

type Options = { [Key in keyof Settings]-?: Option<NonNullable<Settings[Key]>> }

const httpUrl = url(/^https?:$/, 'a URL without a path, as http://127.0.0.1:8080', isOrigin)
const queueUrl = url(/^https?:$/, 'the URL of an SQS queue')
const registryUrl = url(/^(mysql|sqlite):$/, 'mysql://user:password@host/database or sqlite:file')

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
    help: 'seconds of silence after which a POST is cut off',
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
    ...whole(0, 20)
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
    help: 'periodic tasks; cron.yaml of this folder, if it is there',
    ...pattern(/./, 'the path of a file')
  },
  registryUrl: {
    flag: 'registry-url',
    help: 'a database where several daemons agree on who sends the ticks',
    ...registryUrl
  },
  healthPort: {
    flag: 'health-port',
    help: 'answer GET /health on this port of 127.0.0.1',
    ...whole(0, 65_535)
  },
  faults: {
    flag: 'faults',
    help: 'what goes wrong on purpose, as duplicate=0.1,cut=60; see docs/sqsd.md',
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

export const presetOption: Option<Preset> = {
  flag: 'preset',
  help: "Amazon's daemon as documented (docs), in version 2 (v2) or seen in 3.0.5 (observed-v3)",
  ...choice('docs', 'v2', 'observed-v3')
}

function whole(low: number, high: number) {
  const read = (text: string) => {
    const isInside = /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high
    return isInside ? Number(text) : undefined
  }
  return { read, means: `a whole number from ${low} to ${high}` }
}

function pattern(right: RegExp, means: string) {
  return { read: (text: string) => (right.test(text) ? text : undefined), means }
}

function choice<Word extends string>(...words: Word[]) {
  const read = (text: string) => words.find(word => word === text)
  return { read, means: words.join(' or ') }
}

function toggle() {
  const values = new Map([
    ['true', true],
    ['false', false]
  ])
  return { read: (text: string) => values.get(text), means: 'true or false', isSwitch: true }
}

function url(scheme: RegExp, means: string, isRight: (url: URL) => boolean = () => true) {
  const read = (text: string) => {
    const parsed = URL.parse(text)
    return parsed && scheme.test(parsed.protocol) && isRight(parsed) ? text : undefined
  }
  return { read, means }
}

function isOrigin({ pathname, search, hash }: URL) {
  return pathname === '/' && !search && !hash
}
