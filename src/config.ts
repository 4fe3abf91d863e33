import Type, { type Static } from 'typebox'
import { isDatabaseUrl, isNoneOrWebUrl, isOrigin, isStorageUrl } from './url.ts'
import {
  check,
  days,
  type Environment,
  endpoint,
  port,
  read,
  rulesOf,
  seconds,
  secret,
  text,
  url
} from './variable.ts'
import { areNetworks } from './webhook/network.ts'

const DatabasePlace = Type.Object({
  DATABASE_URL: Type.String({
    means: 'mysql://user:password@host/database (%25 for a % and so on) or sqlite:path',
    isRight: isDatabaseUrl,
    isSecret: true
  }),
  DATABASE_USER: text('the user, if not in DATABASE_URL'),
  DATABASE_PASSWORD: secret('the password, if not in DATABASE_URL'),
  DATABASE_TLS: Type.String({
    pattern: '^(verify|off)$',
    default: 'verify',
    means: 'verify (the server must show a certificate for its name) or off'
  })
})

const Shared = Type.Object({
  HOST: text('the address to listen on', '127.0.0.1'),
  PORT: port(8080),
  LOG_LEVEL: Type.String({
    pattern: '^(trace|debug|info|warn|error|fatal|silent)$',
    default: 'info',
    means: 'trace, debug, info, warn, error, fatal or silent'
  }),
  ...DatabasePlace.properties,
  QUEUE_URL: url('the URL of the SQS queue'),
  DEAD_LETTER_QUEUE_URL: Type.String({
    default: '',
    means: 'the URL of its dead-letter queue',
    isRight: isNoneOrWebUrl
  }),
  /** Must equal maxReceiveCount of the queue's redrive policy. */
  MAX_RECEIVES: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 5,
    means: 'maxReceiveCount of the queue, from 1 to 1000'
  }),
  LONG_JOBS: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 2,
    means: 'how many long jobs a worker may have in work, from 1 to 100'
  }),
  SQSD_INACTIVITY_TIMEOUT: seconds('InactivityTimeout of sqsd'),
  SQSD_ERROR_VISIBILITY_TIMEOUT: seconds('ErrorVisibilityTimeout of sqsd'),
  STORAGE_URL: url('s3://bucket/prefix or file:folder', isStorageUrl),
  MAIL_FROM: Type.String({
    pattern: '^[^\\s<>]+@[^\\s<>]+$|^[^<>\\r\\n]+ <[^\\s<>]+@[^\\s<>]+>$',
    means: 'the sender of mails, as in "Beanline <noreply@example.jp>"'
  }),
  MAIL_CONFIGURATION_SET: Type.String({
    pattern: '^[A-Za-z0-9_-]{0,64}$',
    default: '',
    means: 'the configuration set of SES that mails are sent with'
  }),
  MAIL_EVENTS_QUEUE_URL: Type.String({
    default: '',
    means: 'the URL of the SQS queue that the events of SES come to',
    isRight: isNoneOrWebUrl
  }),
  PUBLIC_URL: url(
    'where people reach the web tier, without a path, as in https://jobs.example.jp',
    isOrigin
  ),
  LINK_DAYS: days(30),
  KEEP_DAYS: days(90),
  OPERATOR_MAIL: Type.String({
    pattern: '^([^\\s<>]+@[^\\s<>]+)?$',
    default: '',
    means: 'the address that the daily digest goes to'
  }),
  WEBHOOK_ALLOW: Type.String({
    default: '',
    means: 'networks of your own that webhooks may reach, as in 10.1.0.0/16, fd00:1::/32',
    isRight: areNetworks
  }),
  API_KEYS: secret('keys for the API with all scopes, separated by commas'),
  OPERATOR_PASSWORD: secret('opens /dashboard; closed while it is empty'),
  VIEWER_PASSWORD: secret('opens /dashboard to read only; nobody does while it is empty'),
  METRICS_TOKEN: secret('opens /metrics for Prometheus; closed while it is empty'),
  METRICS_EMF: Type.String({
    pattern: '^(?!AWS/)[A-Za-z0-9._#/-]{0,255}$',
    default: '',
    means: 'the namespace of CloudWatch for our metrics, as in Beanline, or nothing'
  }),
  METRICS_EMF_FILE: text('the file that CloudWatch reads its metrics from'),
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint('the collector of traces, as in http://127.0.0.1:4318'),
  OTEL_TRACES_SAMPLER_ARG: Type.String({
    pattern: '^(0(\\.\\d+)?|1)$',
    default: '1',
    means: 'the part of all traces that is kept, from 0 to 1'
  }),
  AWS_REGION: Type.String({
    pattern: '^[a-z0-9-]+$',
    default: 'ap-northeast-1',
    means: 'the region of SQS, S3 and SES, as in ap-northeast-1'
  }),
  AWS_ENDPOINT_URL_SQS: endpoint('another address for SQS, as in https://sqs.example.jp'),
  AWS_ENDPOINT_URL_S3: endpoint('another address for S3, as in https://s3.example.jp'),
  AWS_ENDPOINT_URL_SES: endpoint('another address for SES, as in https://email.example.jp')
})

const Tier = Type.Object({
  TIER: Type.Union([Type.Literal('web'), Type.Literal('worker')], { means: 'web or worker' }),
  ...Shared.properties
})

const Look = Type.Object({
  ...DatabasePlace.properties,
  MAX_RECEIVES: Shared.properties.MAX_RECEIVES,
  SQSD_INACTIVITY_TIMEOUT: Shared.properties.SQSD_INACTIVITY_TIMEOUT,
  SQSD_ERROR_VISIBILITY_TIMEOUT: Shared.properties.SQSD_ERROR_VISIBILITY_TIMEOUT
})

const Local = Type.Object({
  DATA_DIR: text('where the local line keeps its data', './data'),
  PORT: port(3000),
  WORKER_PORT: port(8080),
  MAILBOX_PORT: port(3025),
  AWS_PORT: port(4566),
  LOG_LEVEL: Shared.properties.LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT: Shared.properties.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_TRACES_SAMPLER_ARG: Shared.properties.OTEL_TRACES_SAMPLER_ARG
})

export type Config = Static<typeof Shared>
export type TierConfig = Static<typeof Tier>
export type DatabaseConfig = Static<typeof DatabasePlace>
export type LookConfig = Static<typeof Look>
export type LocalConfig = Static<typeof Local>

/** What a tier needs, and which of them it is. Throws one error that names every wrong variable. */
export const readTierConfig = (environment: Environment = process.env): TierConfig =>
  read(Tier, environment)

/** The configuration of both tiers. */
export const readConfig = (environment: Environment = process.env): Config =>
  read(Shared, environment)

/** What a migration needs, and no more. */
export const readDatabaseConfig = (environment: Environment = process.env): DatabaseConfig =>
  read(DatabasePlace, environment)

/** What it takes to look at jobs. */
export const readLookConfig = (environment: Environment = process.env): LookConfig =>
  read(Look, environment)

export const readLocalConfig = (environment: Environment = process.env): LocalConfig =>
  read(Local, environment)

/** Every variable that a tier reads. */
export const tierVariables = rulesOf(Tier).map(
  ([name, { isSecret = false, default: standard }]) => ({
    name,
    isSecret,
    standard
  })
)

/** What is wrong with each variable of a tier; nothing if it could start. */
export const checkTierConfig = (environment: Environment) => check(Tier, environment).wrong
