import Type, { type Static } from 'typebox'
import Value from 'typebox/value'

const port = (standard: number) =>
  Type.Integer({ minimum: 0, maximum: 65535, default: standard, means: 'a port number' })
const text = (means: string, standard = '') => Type.String({ default: standard, means })
const url = (pattern: string, means: string) => Type.String({ pattern, means })
/** Never shown in an error. */
const secret = (means: string) => Type.String({ default: '', means, isSecret: true })

const DatabasePlace = Type.Object({
  DATABASE_URL: Type.String({
    pattern: '^(mysql://.+|sqlite:.+)',
    means: 'mysql://user:password@host/database or sqlite:path',
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
  QUEUE_URL: url('^https?://.+', 'the URL of the SQS queue'),
  /** Must equal maxReceiveCount of the queue's redrive policy. */
  MAX_RECEIVES: Type.Integer({ minimum: 1, maximum: 1000, default: 5, means: 'a whole number' }),
  STORAGE_URL: url('^(s3://[^/]+.*|file:.+)', 's3://bucket/prefix or file:folder'),
  MAIL_FROM: Type.String({
    pattern: '^[^\\s<>]+@[^\\s<>]+$|^[^<>\\r\\n]+ <[^\\s<>]+@[^\\s<>]+>$',
    means: 'the sender of mails, as in "Beanline <noreply@example.jp>"'
  }),
  PUBLIC_URL: url(
    '^https?://[^/]+.*',
    'where people reach the web tier, as in https://jobs.example.jp'
  ),
  LINK_DAYS: Type.Integer({ minimum: 1, maximum: 3650, default: 30, means: 'a number of days' }),
  API_KEYS: secret('keys for the API, separated by commas; the API is closed while it is empty'),
  OPERATOR_PASSWORD: secret('opens /dashboard; closed while it is empty'),
  AWS_REGION: text('the region of SQS, S3 and SES', 'ap-northeast-1'),
  AWS_ENDPOINT_URL_SQS: text('another address for SQS'),
  AWS_ENDPOINT_URL_S3: text('another address for S3'),
  AWS_ENDPOINT_URL_SES: text('another address for SES')
})

const Tier = Type.Object({
  TIER: Type.String({ pattern: '^(web|worker)$', means: 'web or worker' })
})

const Local = Type.Object({
  DATA_DIR: text('where the local line keeps its data', './data'),
  PORT: port(3000),
  WORKER_PORT: port(8080),
  MAILBOX_PORT: port(3025),
  AWS_PORT: port(4566),
  LOG_LEVEL: Shared.properties.LOG_LEVEL
})

export type Config = Static<typeof Shared>
export type DatabaseConfig = Static<typeof DatabasePlace>
export type LocalConfig = Static<typeof Local>

type Environment = Record<string, string | undefined>

/** The configuration of both tiers. Throws one error that names every wrong variable. */
export const readConfig = (environment: Environment = process.env): Config =>
  read(Shared, environment)

/** What a migration needs, and no more. */
export const readDatabaseConfig = (environment: Environment = process.env): DatabaseConfig =>
  read(DatabasePlace, environment)

export const readTier = (environment: Environment = process.env) =>
  read(Tier, environment).TIER as 'web' | 'worker'

export const readLocalConfig = (environment: Environment = process.env): LocalConfig =>
  read(Local, environment)

type Rule = { type: string; means: string; isSecret?: boolean }

function read<Schema extends Type.TObject>(schema: Schema, environment: Environment) {
  const rules = Object.entries(schema.properties as unknown as Record<string, Rule>)
  const set = rules.filter(([name]) => environment[name])
  const given = set.map(([name, rule]) => [name, typed(rule, environment[name] as string)])
  const values = Value.Default(schema, Object.fromEntries(given)) as Record<string, unknown>
  if (Value.Check(schema, values)) return values
  const wrong = rules
    .filter(([name, rule]) => !Value.Check(rule as unknown as Type.TSchema, values[name]))
    .map(([name, rule]) => complain(name, rule, environment[name]))
  throw new Error(`The configuration is not complete.\n${wrong.join('\n')}`)
}

/** A number only where the whole text is one: `3000.5` and `0x10` are no ports. */
function typed({ type }: Rule, text: string): unknown {
  return type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
}

function complain(name: string, { means, isSecret }: Rule, value: string | undefined) {
  const shown = isSecret ? 'has the wrong form' : `is "${value}"`
  return `  ${name} ${value ? shown : 'is not set'}: set it to ${means}.`
}
