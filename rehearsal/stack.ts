import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What the rehearsal takes from infra/shared.yaml. */
export type Stack = {
  maxReceives: number
  /** The attributes of the queue, as far as the stand-in for SQS knows them. */
  queueAttributes: Record<string, string>
  /** The names of the outputs, which the saved configurations are filled with. */
  outputs: string[]
}

type Template = {
  Outputs: Record<string, unknown>
  Resources: {
    Queue: {
      Properties: Record<string, unknown> & { RedrivePolicy: { maxReceiveCount: number } }
    }
  }
}

const known = ['VisibilityTimeout', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds']

export function readStack(root: string): Stack {
  const text = readFileSync(join(root, 'infra/shared.yaml'), 'utf8')
  // References (!Ref, !GetAtt) are not resolved, and not needed.
  const { Outputs, Resources } = parse(text, { logLevel: 'error' }) as Template
  const { Properties } = Resources.Queue
  const set = known.filter(name => Properties[name] !== undefined)
  return {
    maxReceives: Properties.RedrivePolicy.maxReceiveCount,
    queueAttributes: Object.fromEntries(set.map(name => [name, String(Properties[name])])),
    outputs: Object.keys(Outputs)
  }
}

type Parts = {
  queueUrl: string
  deadUrl: string
  mailEventsUrl: string
  bucket: string
  databaseHost: string
  publicUrl: string
}

/** What the stack would say, had it made these; what nobody asks for here gets a word. */
export function outputsOf({ outputs }: Stack, parts: Parts): Record<string, string> {
  return {
    ...Object.fromEntries(outputs.map(name => [name, `rehearsed-${name}`])),
    MailFrom: 'noreply@beanline.example',
    AlarmMail: 'operator@beanline.example',
    QueueUrl: parts.queueUrl,
    DeadLetterQueueUrl: parts.deadUrl,
    MailEventsQueueUrl: parts.mailEventsUrl,
    Bucket: parts.bucket,
    DatabaseHost: parts.databaseHost,
    PublicUrl: parts.publicUrl
  }
}

type User = { username: string; password: string }

/** What Secrets Manager would have under the ARNs of those outputs. */
export function secretsOf({ username, password }: User): Record<string, string> {
  return {
    'rehearsed-DatabaseSecretArn:username': username,
    'rehearsed-DatabaseSecretArn:password': password,
    'rehearsed-OperatorPasswordArn': 'rehearsal',
    'rehearsed-ViewerPasswordArn': 'rehearsal to look at',
    'rehearsed-ApiKeysArn': 'rehearsal'
  }
}
