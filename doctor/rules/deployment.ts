import type { Setting } from '../../infra/option-settings.ts'
import {
  type Environment,
  environments,
  environmentsOf,
  isPending,
  placeFor,
  setting
} from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { extensionFiles, type Project, pathsLike, yamlOf } from '../project.ts'
import { resourcesOf } from '../template.ts'
import { at, textOf } from '../yaml.ts'

const command = 'aws:elasticbeanstalk:command'
const group = 'aws:autoscaling:asg'

export const deploymentPolicy: Rule = {
  name: 'deployment-policy',
  checks: 'the deployment policy is legal for the environment, and goes with the bundle',
  find: project =>
    environments(project).flatMap(environment => {
      const policy = setting(environment, command, 'DeploymentPolicy')
      if (!policy) return []
      return [
        ...illegal(environment, policy),
        ...immutable(project, policy),
        ...atOnce(environment, policy)
      ]
    })
}

function illegal(environment: Environment, policy: Setting): Finding[] {
  const isSingle = typeOf(environment) === 'singleinstance'
  const isSplit = /^trafficsplitting$/i.test(policy.value)
  const isRolling = /^rolling/i.test(policy.value)
  if (!(isSingle && (isRolling || isSplit)) && !(isSplit && environment.tier === 'worker'))
    return []
  return [
    {
      file: policy.file,
      line: policy.line,
      problem: `${policy.value} does not go with ${isSingle ? 'a single instance' : 'a worker environment'}.`,
      onAws: 'the environment is not made or updated: the option value is invalid for it.',
      fix: isSingle ? 'set it to AllAtOnce or Immutable.' : 'set it to RollingWithAdditionalBatch.'
    }
  ]
}

/** A worker may: the queue waits for it. */
function atOnce({ tier }: Environment, { value, file, line }: Setting): Finding[] {
  if (tier === 'worker' || value.toLowerCase() !== 'allatonce') return []
  const onAws = 'the pages are gone at every deploy, until the new version has started.'
  const fix = 'set it to RollingWithAdditionalBatch.'
  return [{ file, line, problem: 'All instances of web are deployed to at once.', onAws, fix }]
}

function immutable(project: Project, policy: Setting): Finding[] {
  if (!/^immutable$/i.test(policy.value)) return []
  const file = pathsLike(project, extensionFiles).find(path =>
    at(yamlOf(project, path)?.root, 'Resources')
  )
  if (!file) return []
  return [
    {
      file: policy.file,
      line: policy.line,
      problem: `The policy is Immutable, and ${file} has Resources.`,
      onAws:
        "a deploy that changes them fails: it can't be in concert with resource configuration changes.",
      fix: 'set it to RollingWithAdditionalBatch, or move the Resources into a stack of infra/.'
    }
  ]
}

export const availability: Rule = {
  name: 'availability',
  checks:
    'nothing is a single point of failure: two instances on web, two zones, a standby database',
  find: project => [
    ...environmentsOf(project, 'web').flatMap(alone),
    ...environments(project).flatMap(oneZone),
    ...standby(project)
  ]
}

function alone(web: Environment): Finding[] {
  const type = setting(web, 'aws:elasticbeanstalk:environment', 'EnvironmentType')
  const least = setting(web, group, 'MinSize')
  const isSingle = typeOf(web) === 'singleinstance'
  if (!isSingle && Number(least?.value ?? 1) >= 2) return []
  const place = (isSingle ? type : least) ?? placeFor(web, group)
  return [
    {
      file: place.file,
      line: place.line,
      problem: 'The web tier may have a single instance.',
      onAws: 'the pages are gone whenever it fails, is replaced or is updated.',
      fix: isSingle
        ? 'set EnvironmentType to LoadBalanced.'
        : `set MinSize in ${group} to 2 or more.`
    }
  ]
}

function oneZone(environment: Environment): Finding[] {
  return ['Subnets', 'ELBSubnets'].flatMap(option => {
    const set = setting(environment, 'aws:ec2:vpc', option)
    const isOne = set && !isPending(set.value) && set.value.split(',').filter(Boolean).length < 2
    const isNeeded = option === 'ELBSubnets' || typeOf(environment) !== 'singleinstance'
    if (!isOne || !isNeeded) return []
    return [
      {
        file: set.file,
        line: set.line,
        problem: `${option} is a single subnet.`,
        onAws: 'all is in one zone and goes down with it; an application load balancer is refused.',
        fix: 'give two subnets of different zones, separated by a comma.'
      }
    ]
  })
}

function standby(project: Project): Finding[] {
  return resourcesOf(project, 'AWS::RDS::DBInstance').flatMap(
    ({ template, id, key, properties }) => {
      const node = at(properties, 'MultiAZ')
      const isOn = node && (textOf(node) ?? 'true').toLowerCase() === 'true'
      if (isOn || at(properties, 'SourceDBInstanceIdentifier')) return []
      return [
        {
          file: template.file,
          line: template.lineOf(node ?? key),
          problem: `The database ${id} is in one zone only.`,
          onAws: 'both tiers stop when that zone, or the one machine, fails.',
          fix: 'set MultiAZ: true.'
        }
      ]
    }
  )
}

export const groupSizes: Rule = {
  name: 'group-sizes',
  checks: 'MinSize is not more than MaxSize, and a batch not more than the group',
  find: project =>
    environments(project).flatMap(environment => {
      const number = (name: string, standard: number) =>
        Number(setting(environment, group, name)?.value ?? standard)
      const least = setting(environment, group, 'MinSize')
      if (!least || !(number('MinSize', 1) > number('MaxSize', 4)))
        return largeBatch(environment, number('MaxSize', 4))
      return [
        {
          file: least.file,
          line: least.line,
          problem: `MinSize is ${least.value}, more than MaxSize of ${number('MaxSize', 4)}.`,
          onAws: 'the environment is not made or updated.',
          fix: 'set MaxSize to as many or more.'
        }
      ]
    })
}

function largeBatch(environment: Environment, most: number): Finding[] {
  const batch = setting(environment, command, 'BatchSize')
  const kind = setting(environment, command, 'BatchSizeType')
  if (!batch || kind?.value.toLowerCase() !== 'fixed' || !(Number(batch.value) > most)) return []
  return [
    {
      file: batch.file,
      line: batch.line,
      problem: `BatchSize is ${batch.value}, more than MaxSize of ${most}.`,
      onAws: 'the environment is not made or updated, or all instances change at once.',
      fix: 'set it to 1, or to a part of MinSize.'
    }
  ]
}

function typeOf(environment: Environment): string | undefined {
  const set = setting(environment, 'aws:elasticbeanstalk:environment', 'EnvironmentType')
  return set?.value.toLowerCase()
}
