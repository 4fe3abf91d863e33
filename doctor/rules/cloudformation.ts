import type { Node } from 'yaml'
import { nearest } from '../../src/near.ts'
import type { Finding, Rule } from '../finding.ts'
import { extensionFiles, type Project, pathsLike, yamlOf } from '../project.ts'
import { checkProperties, type Fault } from '../property-check.ts'
import { resourceType, similarTypes } from '../specification.ts'
import { readTemplates } from '../template.ts'
import { at, type Entry, entries, isFunction, textOf, type Yaml } from '../yaml.ts'

const sections = [
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings'],
  ...['Conditions', 'Transform', 'Resources', 'Outputs', 'Hooks']
]
const resourceKeys = [
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy'],
  ...['CreationPolicy', 'UpdatePolicy', 'Metadata', 'Fn::ForEach']
]
const failing = 'the stack is not made or updated; CloudFormation rolls back what it had begun.'

export const templateKeys: Rule = {
  name: 'cloudformation-keys',
  checks: 'templates and resources have only keys that CloudFormation knows',
  find: project =>
    readTemplates(project).flatMap(({ file, root, lineOf }) => {
      const resources = entries(at(root, 'Resources'))
      const wrong = [
        ...unknown(entries(root), sections),
        ...resources.flatMap(({ value }) => unknown(entries(value), resourceKeys))
      ]
      return wrong.map(({ node, problem, fix }) => ({
        file,
        line: lineOf(node),
        problem,
        onAws: failing,
        fix
      }))
    })
}

function unknown(given: Entry[], known: string[]): Fault[] {
  return given
    .filter(({ name }) => !known.includes(name) && !name.startsWith('Fn::'))
    .map(({ name, key }) => {
      const meant = nearest(name, known)
      const fix = meant ? `write ${meant}.` : `use one of ${known.join(', ')}.`
      return { node: key, problem: `CloudFormation has no ${name} here.`, fix }
    })
}

export const resourceTypes: Rule = {
  name: 'cloudformation-types',
  checks: 'every resource type exists',
  find: project =>
    resources(project).flatMap(({ file, lineOf, type, typeNode, name, key }) => {
      if (type === undefined && !name.startsWith('AWSEB'))
        return [{ ...missingType, file, line: lineOf(key), problem: `${name} has no Type.` }]
      if (type === undefined || isCustom(type) || resourceType(type)) return []
      const meant = nearest(type, similarTypes(type))
      return [
        {
          file,
          line: lineOf(typeNode),
          problem: `There is no resource type ${type}.`,
          onAws: failing,
          fix: meant ? `write ${meant}.` : 'look it up in the CloudFormation Template Reference.'
        }
      ]
    })
}

const missingType = { onAws: failing, fix: 'say what it is, as Type: AWS::SQS::Queue.' }

export const resourceProperties: Rule = {
  name: 'cloudformation-properties',
  checks: 'every property exists and has the right type, and none that is required is missing',
  find: project =>
    resources(project).flatMap(({ file, lineOf, type, name, key, value }) => {
      const spec = type === undefined ? undefined : resourceType(type)
      if (!spec) return []
      const isPart = name.startsWith('AWSEB')
      const properties = at(value, 'Properties')
      return checkProperties(key, properties, spec.properties, spec.name, isPart).map(
        ({ node, problem, fix }): Finding => ({
          file,
          line: lineOf(node),
          problem: `${name}: ${problem}`,
          onAws: failing,
          fix
        })
      )
    })
}

type Declared = {
  file: string
  lineOf: Yaml['lineOf']
  name: string
  key: Node
  value: Node | null
  type: string | undefined
  typeNode: Node | undefined
}

/** Those of templates, and those that .ebextensions add to every environment. */
function resources(project: Project): Declared[] {
  const files = [
    ...readTemplates(project).map(({ file }) => file),
    ...pathsLike(project, extensionFiles)
  ]
  return files.flatMap(file => {
    const yaml = yamlOf(project, file)
    if (!yaml) return []
    return entries(at(yaml.root, 'Resources'))
      .filter(({ name, value }) => !name.startsWith('Fn::') && !isFunction(value))
      .map(({ name, key, value }) => {
        const typeNode = at(value, 'Type')
        return { file, lineOf: yaml.lineOf, name, key, value, type: textOf(typeNode), typeNode }
      })
  })
}

/** Types that a template, a transform or a registry brings along. */
function isCustom(type: string) {
  return (
    /^(Custom::|AWS::CloudFormation::CustomResource|AWS::Serverless::)|::MODULE$/.test(type) ||
    !type.startsWith('AWS::')
  )
}
