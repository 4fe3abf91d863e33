import type { Node } from 'yaml'
import { type Environment, setting } from './environment.ts'
import type { Project } from './project.ts'
import { type Resource, readTemplates, referenced, resourcesOf } from './template.ts'
import { at, entries, items, textOf } from './yaml.ts'

const launch = 'aws:autoscaling:launchconfiguration'

/** The role that the instances of an environment have, where its profile is an output of a template. */
export function roleOf(project: Project, environment: Environment): Resource | undefined {
  const { value = '' } = setting(environment, launch, 'IamInstanceProfile') ?? {}
  const profileId = outputTarget(project, value)
  const profile = resourcesOf(project, 'AWS::IAM::InstanceProfile').find(
    ({ id }) => id === profileId
  )
  const roleId = referenced(items(at(profile?.properties, 'Roles'))[0])
  return resourcesOf(project, 'AWS::IAM::Role').find(({ id }) => id === roleId)
}

/** The resource that an output names, for `REPLACE_<output>` and what follows it. */
export function outputTarget(project: Project, value: string): string | undefined {
  const [, output] = /^REPLACE_([A-Za-z0-9]+)/.exec(value) ?? []
  return readTemplates(project)
    .flatMap(({ root }) => entries(at(root, 'Outputs')))
    .filter(({ name }) => name === output)
    .map(({ value: about }) => referenced(at(about, 'Value')))[0]
}

/** True when a managed policy of this name is attached. */
export function hasPolicy({ properties }: Resource, name: string): boolean {
  return items(at(properties, 'ManagedPolicyArns')).some(node =>
    String((node as { value?: unknown }).value).endsWith(`/${name}`)
  )
}

/** True when a statement allows an action, to a resource of the template where one is named. */
export function allows({ properties }: Resource, action: string, resource?: string): boolean {
  const statements = items(at(properties, 'Policies')).flatMap(policy =>
    listOf(at(policy, 'PolicyDocument', 'Statement'))
  )
  return statements.some(
    statement =>
      textOf(at(statement, 'Effect')) === 'Allow' &&
      listOf(at(statement, 'Action')).some(node => covers(textOf(node) ?? '', action)) &&
      (!resource || listOf(at(statement, 'Resource')).some(node => reaches(node, resource)))
  )
}

function reaches(node: Node, resource: string) {
  return textOf(node) === '*' || referenced(node) === resource
}

function listOf(node: Node | undefined): Node[] {
  const list = items(node)
  return list.length > 0 || !node ? list : [node]
}

/** `sqs:Send*` covers `sqs:SendMessage`. */
function covers(pattern: string, action: string) {
  const source = pattern.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`, 'i').test(action)
}
