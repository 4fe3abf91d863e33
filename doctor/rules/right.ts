import { type Environment, environments, placeFor, secrets, setting } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import type { Project } from '../project.ts'
import { allows, hasPolicy, outputTarget, roleOf } from '../role.ts'

/** What src/ calls on AWS in each tier, and the policy that the platform itself needs there. */
const needed = {
  web: {
    policy: 'AWSElasticBeanstalkWebTier',
    actions: [
      ...['sqs:SendMessage', 'sqs:GetQueueAttributes', 's3:GetObject'],
      // The dashboard looks through the dead letters.
      ...['sqs:ReceiveMessage', 'sqs:DeleteMessage']
    ]
  },
  worker: {
    policy: 'AWSElasticBeanstalkWorkerTier',
    actions: [
      ...['sqs:SendMessage', 'sqs:GetQueueAttributes', 's3:PutObject', 's3:DeleteObject'],
      'ses:SendEmail'
    ]
  }
}

export const rights: Rule = {
  name: 'instance-rights',
  checks: "the role of each tier's instances may do what the tier does, and read its secrets",
  find: project => environments(project).flatMap(environment => lacking(project, environment))
}

function lacking(project: Project, environment: Environment): Finding[] {
  const role = roleOf(project, environment)
  if (!role) return []
  const { policy, actions } = needed[environment.tier]
  const missing = [
    ...(hasPolicy(role, policy) ? [] : [policy]),
    ...actions.filter(action => !allows(role, action)),
    ...secretsOf(project, environment)
      .filter(secret => !allows(role, 'secretsmanager:GetSecretValue', secret))
      .map(secret => `secretsmanager:GetSecretValue of ${secret}`)
  ]
  if (missing.length === 0) return []
  return [
    {
      file: role.template.file,
      line: role.template.lineOf(role.key),
      problem: `${role.id}, the role of ${environment.file}, lacks ${missing.join(', ')}.`,
      onAws:
        'calls fail with AccessDenied: jobs are not sent or not done, or nothing starts at all.',
      fix: `give it to ${role.id}, or ${environment.file} the profile of its own tier.`
    }
  ]
}

function secretsOf(project: Project, { options }: Environment): string[] {
  const values = Object.values(options[secrets] ?? {}).map(({ value }) => value)
  return [...new Set(values.map(value => outputTarget(project, value)))].filter(
    id => id !== undefined
  )
}

export const instanceProfile: Rule = {
  name: 'instance-profile',
  checks: 'each environment has an instance profile and a service role',
  find: project =>
    environments(project).flatMap(environment =>
      places.flatMap(([namespace, option, onAws]) => {
        if (setting(environment, namespace, option)?.value) return []
        const place = placeFor(environment, namespace)
        const fix = `set ${option} in ${namespace} to the output of infra/shared.yaml.`
        return [{ ...place, problem: `${option} is not set.`, onAws, fix }]
      })
    )
}

const places: [namespace: string, option: string, onAws: string][] = [
  [
    'aws:autoscaling:launchconfiguration',
    'IamInstanceProfile',
    'the environment is not made, or its instances have no rights at all.'
  ],
  [
    'aws:elasticbeanstalk:environment',
    'ServiceRole',
    'there is no enhanced health, and the platform is not updated by itself.'
  ]
]
