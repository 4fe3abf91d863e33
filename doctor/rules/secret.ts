import { tierVariables } from '../../src/config.ts'
import { isPending } from '../environment.ts'
import type { Rule } from '../finding.ts'
import { lineOf, type Project } from '../project.ts'
import { eachProperty } from './property.ts'

const secretNames = new Set(
  tierVariables.filter(({ isSecret }) => isSecret).map(({ name }) => name)
)

/** What a secret looks like, wherever it stands. */
const patterns: [string, RegExp][] = [
  ['an access key of AWS', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a private key', /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/],
  ['a token of GitHub', /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b|_authToken=[\w+/=-]{8,}/],
  ['a key of Stripe or Slack', /\b([sr]k_live_[A-Za-z0-9]{20,}|xox[baprs]-[A-Za-z0-9-]{20,})/]
]

/** What one calls a secret, whoever reads it. */
const secretName =
  /(^|_)(SECRETS?|TOKENS?|KEYS?|APIKEY|PASSWORDS?|PASSWD|PASSPHRASE|CREDENTIALS?)(_ID)?\d*$/
const openName = /PUBLIC_KEY\d*$/
/** The same in a property, where it is short and stands alone. */
const secretValue =
  /^([sr]k_(live|test)_|xox[baprs]-|whsec_|AKIA|ASIA|gh[pousr]_|npm_|-----BEGIN )\S+/
const urlWithPassword = /^[a-z0-9+]+:\/\/[^/@]*:[^/@]+@/

function isPlainSecret(name: string, value: string) {
  if (secretValue.test(value) || urlWithPassword.test(value)) return true
  if (secretNames.has(name)) return name !== 'DATABASE_URL'
  return secretName.test(name) && !openName.test(name)
}

export const plainSecrets: Rule = {
  name: 'property-secrets',
  checks: 'no secret is a plain property',
  find: eachProperty(({ name, value, isSecret, file, line }) => {
    if (isSecret || value === '' || !isPlainSecret(name, value)) return []
    return [
      {
        file,
        line,
        problem: `${name} is a secret and stands here as plain text.`,
        onAws: 'everyone who may look at the environment, its events or the console reads it.',
        fix: 'keep it in Secrets Manager, and its ARN in aws:elasticbeanstalk:application:environmentsecrets.'
      }
    ]
  })
}

export const secretArns: Rule = {
  name: 'secret-arns',
  checks: 'an environment secret is the ARN of a secret or a parameter',
  find: eachProperty(({ name, value, isSecret, file, line }) => {
    const isArn = /^arn:[a-z-]+:(secretsmanager|ssm):/.test(value)
    if (!isSecret || isArn || isPending(value)) return []
    return [
      {
        file,
        line,
        problem: `${name} is no ARN.`,
        onAws: 'the value is refused, and the environment is not updated.',
        fix: 'give the ARN of a secret (with its six random characters) or of an SSM parameter.'
      }
    ]
  })
}

export const databaseTls: Rule = {
  name: 'database-tls',
  checks: 'TLS is checked, to the database and elsewhere',
  find: eachProperty(({ name, value, file, line }) => {
    const isOff =
      (name === 'DATABASE_TLS' && value === 'off') ||
      (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0')
    if (!isOff) return []
    return [
      {
        file,
        line,
        problem: `${name} is ${value}.`,
        onAws:
          'names, addresses and the password cross the network where others can read or change them.',
        fix: 'delete it; the default checks certificate and name.'
      }
    ]
  })
}

/** What lies on an instance is gone with it, and the other tier never sees it. */
export const sharedPlaces: Rule = {
  name: 'shared-places',
  checks: 'database and files are where both tiers reach them',
  find: eachProperty(({ name, value, file, line }) => {
    const isLocal =
      (name === 'DATABASE_URL' && /^sqlite:/.test(value)) ||
      (name === 'STORAGE_URL' && /^file:/.test(value))
    if (!isLocal) return []
    return [
      {
        file,
        line,
        problem: `${name} is ${value}, which is for a single machine.`,
        onAws: 'each instance has its own, the tiers never meet, and it is gone with the instance.',
        fix: name === 'DATABASE_URL' ? 'use mysql://….' : 'use s3://bucket/prefix.'
      }
    ]
  })
}

export const bundleSecrets: Rule = {
  name: 'bundle-secrets',
  checks: 'nothing in the bundle is a secret or looks like one',
  find: project => [...secretFiles(project), ...secretTexts(project)]
}

const secretPaths =
  /(^|\/)(\.env(\.(?!example$)[\w.-]+)?|.*\.(pem|p12|pfx|key|keystore|jks)|id_(rsa|ed25519|ecdsa)|\.aws\/credentials|\.netrc)$/

function secretFiles({ bundle }: Project) {
  return bundle
    .filter(path => secretPaths.test(path))
    .map(file => ({
      file,
      line: 1,
      problem: 'This file is for secrets, and is in the bundle.',
      onAws: 'it lies in S3 and on every instance, readable by whoever reads either.',
      fix: 'take it out of git, change what it held, and use environment secrets.'
    }))
}

function secretTexts(project: Project) {
  return project.bundle.flatMap(file =>
    patterns
      .filter(([, pattern]) => pattern.test(project.texts.get(file) ?? ''))
      .map(([what, pattern]) => ({
        file,
        line: lineOf(project, file, pattern),
        problem: `Here stands ${what}.`,
        onAws: 'it lies in S3 and on every instance, readable by whoever reads either.',
        fix: 'take it back where it was issued, and out of the history of git.'
      }))
  )
}
