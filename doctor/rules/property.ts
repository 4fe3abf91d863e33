import type { Setting } from '../../infra/option-settings.ts'
import { checkTierConfig, tierVariables } from '../../src/config.ts'
import { nearest } from '../../src/near.ts'
import {
  type Environment,
  environments,
  isPending,
  placeFor,
  properties,
  property,
  secrets,
  setting
} from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import type { Project } from '../project.ts'

type Property = Setting & { name: string; isSecret: boolean }

const names = tierVariables.map(({ name }) => name)

/** Read by Node, npm, the AWS SDK or the system rather than by us. */
const foreign =
  /^(NODE_|NPM_|OTEL_|TZ$|LANG$|LC_|UV_|SSL_CERT_|AWS_(PROFILE|DEFAULT_REGION|ENDPOINT_URL|SDK_|MAX_ATTEMPTS|RETRY_MODE|CA_BUNDLE|USE_|NODEJS_|XRAY_|EC2_|STS_|ROLE_|ACCESS_KEY_ID$|SECRET_ACCESS_KEY$|SESSION_TOKEN$))/

export const propertyNames: Rule = {
  name: 'property-names',
  checks: 'a property is named in capitals, digits and _',
  find: eachProperty(({ name, file, line }) =>
    /^[A-Z_][A-Z0-9_]*$/.test(name)
      ? []
      : [
          {
            file,
            line,
            problem: `"${name}" is no name for an environment property.`,
            onAws: 'Beanstalk refuses it, and the deploy fails.',
            fix: `write ${name.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}.`
          }
        ]
  )
}

/** "Environment Property Limits" of the Developer Guide. */
const rightValue = /^[\p{L}\p{N}\s_.:/=+\\\-@'"]{0,256}$/u

export const propertyValues: Rule = {
  name: 'property-values',
  checks: 'a property has at most 256 characters, of those that Beanstalk takes',
  find: eachProperty(({ name, value, isSecret, file, line }) =>
    isSecret || isPending(value) || rightValue.test(value)
      ? []
      : [
          {
            file,
            line,
            problem: `The value of ${name} is too long, or has a character that Beanstalk does not take.`,
            onAws: 'the environment is not made or updated.',
            fix: `use at most 256 characters, of letters, digits, spaces and _ . : / = + \\ - @ ' ".`
          }
        ]
  )
}

export const knownProperties: Rule = {
  name: 'property-known',
  checks: 'every property is one that src/config.ts, Node or the AWS SDK reads',
  find: eachProperty(({ name, file, line }) => {
    if (names.includes(name) || foreign.test(name)) return []
    const meant = nearest(name, names)
    return [
      {
        file,
        line,
        problem: `Nothing reads ${name}.`,
        onAws: 'it has no effect, and what it was meant to set keeps its default.',
        fix: meant ? `write ${meant}.` : 'delete it, or add it to src/config.ts.'
      }
    ]
  })
}

export const completeProperties: Rule = {
  name: 'property-complete',
  checks: 'each tier has every property it needs, in the right form',
  find: project => environments(project).flatMap(incomplete)
}

function incomplete(environment: Environment): Finding[] {
  const all = new Map(propertiesOf(environment).map(property => [property.name, property]))
  const values = Object.fromEntries([...all].map(([name, { value }]) => [name, value]))
  return checkTierConfig(values).flatMap(({ name, sentence }) => {
    const set = all.get(name)
    if (set && (isPending(set.value) || set.isSecret)) return []
    const place = set ?? placeFor(environment, properties)
    return [
      {
        file: place.file,
        line: place.line,
        problem: sentence.replace(/: set it to .*$/s, '.'),
        onAws: 'the application does not start: 502 on web, and no job is done on the worker.',
        fix: sentence.replace(/^.*?: set it to /s, 'set it to ')
      }
    ]
  })
}

export const tierProperty: Rule = {
  name: 'property-tier',
  checks: 'TIER says what the environment is',
  find: project =>
    environments(project).flatMap(environment => {
      const set = setting(environment, properties, 'TIER')
      if (!set || set.value === environment.tier || !/^(web|worker)$/.test(set.value)) return []
      return [
        {
          file: set.file,
          line: set.line,
          problem: `TIER is ${set.value} in a ${environment.tier} environment.`,
          onAws:
            environment.tier === 'web'
              ? 'people get 403 on every page.'
              : 'sqsd gets no 200 from the pages, and all jobs become dead letters.',
          fix: `set it to ${environment.tier}.`
        }
      ]
    })
}

/** Beanstalk tells the application no region, and ours has one in mind where nothing is said. */
export const region: Rule = {
  name: 'property-region',
  checks: 'AWS_REGION is said, by what CloudFormation knows',
  find: project =>
    environments(project).flatMap(environment => {
      if (setting(environment, properties, 'AWS_REGION')) return []
      const problem = 'AWS_REGION is not set.'
      const onAws = `SQS, S3 and SES are looked for in ${property(environment, 'AWS_REGION')}, wherever the environment is.`
      const fix = 'set it to \'`{"Ref":"AWS::Region"}`\' in .ebextensions.'
      return [{ ...placeFor(environment, properties), problem, onAws, fix }]
    })
}

/** The documented limit for all keys and values together, as `KEY=value,KEY=value`. */
const largest = 4096

export const propertySize: Rule = {
  name: 'property-size',
  checks: 'all properties of an environment have at most 4,096 bytes together',
  find: project =>
    environments(project).flatMap(environment => {
      const plain = propertiesOf(environment).filter(({ isSecret }) => !isSecret)
      const bytes = Buffer.byteLength(plain.map(({ name, value }) => `${name}=${value}`).join(','))
      const [longest] = plain.toSorted((a, b) => b.value.length - a.value.length)
      if (bytes <= largest || !longest) return []
      return [
        {
          file: longest.file,
          line: longest.line,
          problem: `The properties of ${environment.file} have ${bytes} bytes; ${longest.name} is the longest.`,
          onAws: `more than ${largest} bytes are refused, and the update fails.`,
          fix: 'keep long values in S3, SSM or Secrets Manager.'
        }
      ]
    })
}

export function propertiesOf({ options }: Environment): Property[] {
  const list = (namespace: string, isSecret: boolean) =>
    Object.entries(options[namespace] ?? {}).map(([name, set]) => ({ name, isSecret, ...set }))
  return [...list(properties, false), ...list(secrets, true)]
}

export function eachProperty(find: (property: Property) => Finding[]) {
  return (project: Project): Finding[] => environments(project).flatMap(propertiesOf).flatMap(find)
}
