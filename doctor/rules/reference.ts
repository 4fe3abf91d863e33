import type { Node } from 'yaml'
import { nearest } from '../../src/near.ts'
import type { Finding, Rule } from '../finding.ts'
import { extensionFiles, type Project, pathsLike, yamlOf } from '../project.ts'
import { type Reference, referencesIn } from '../reference.ts'
import { resourceType } from '../specification.ts'
import { readTemplates } from '../template.ts'
import { at, entries, items, textOf, type Yaml } from '../yaml.ts'

/** What may be named in a file. */
type Scope = {
  file: string
  lineOf: Yaml['lineOf']
  roots: (Node | undefined)[]
  /** Logical ids with their types. */
  resources: Map<string, string | undefined>
  parameters: string[]
  conditions: string[]
  mappings: string[]
}

export const references: Rule = {
  name: 'cloudformation-references',
  checks: 'every Ref, GetAtt, Sub, DependsOn and condition names something that is there',
  find: project => scopes(project).flatMap(scope => allReferences(scope).flatMap(wrongId(scope)))
}

export const attributes: Rule = {
  name: 'cloudformation-attributes',
  checks: 'every attribute of a GetAtt is one that the resource type has',
  find: project =>
    scopes(project).flatMap(scope => allReferences(scope).flatMap(wrongAttribute(scope)))
}

function wrongId(scope: Scope) {
  return ({ node, kind, id }: Reference): Finding[] => {
    const known = namesFor(scope, kind)
    if (id === '' || id.startsWith('AWS::') || known.includes(id) || isOfBeanstalk(scope, id))
      return []
    const meant = nearest(id, known)
    return [
      {
        file: scope.file,
        line: scope.lineOf(node),
        problem: `${kind} names ${id}, which is not there.`,
        onAws: `the template is refused: "Unresolved resource dependencies [${id}]".`,
        fix: meant ? `write ${meant}.` : `add ${id}, or name something that is there.`
      }
    ]
  }
}

function namesFor({ resources, parameters, conditions, mappings }: Scope, kind: Reference['kind']) {
  if (kind === 'Condition') return conditions
  if (kind === 'FindInMap') return mappings
  const ids = [...resources.keys()]
  return kind === 'Ref' ? [...ids, ...parameters] : ids
}

/** What every environment has; whether it has it in both tiers is another rule's concern. */
function isOfBeanstalk({ file }: Scope, id: string) {
  return extensionFiles.test(file) && id.startsWith('AWSEB')
}

function wrongAttribute(scope: Scope) {
  return ({ node, kind, id, attribute = '' }: Reference): Finding[] => {
    const type = scope.resources.get(id)
    const spec = kind === 'GetAtt' && type ? resourceType(type) : undefined
    const isOpen =
      type === 'AWS::CloudFormation::Stack' || attribute.includes('${') || attribute === ''
    if (!spec || isOpen || Object.hasOwn(spec.attributes, attribute)) return []
    const known = Object.keys(spec.attributes)
    const meant = nearest(attribute, known)
    return [
      {
        file: scope.file,
        line: scope.lineOf(node),
        problem: `${type} has no attribute ${attribute}.`,
        onAws:
          'the stack is not made or updated: "Template error: resource … does not support attribute type".',
        fix: meant ? `write ${meant}.` : `use one of ${known.join(', ') || 'its Ref'}.`
      }
    ]
  }
}

function allReferences({ roots }: Scope): Reference[] {
  return roots.flatMap(root => [...referencesIn(root), ...dependencies(root), ...conditions(root)])
}

/** The map of resources is the first of the roots; the others have no DependsOn. */
function dependencies(root: Node | undefined): Reference[] {
  return entries(root).flatMap(({ value }) => {
    const node = at(value, 'DependsOn')
    const list = node && textOf(node) === undefined ? items(node) : node ? [node] : []
    return list.map(one => ({ node: one, kind: 'DependsOn' as const, id: textOf(one) ?? '' }))
  })
}

function conditions(root: Node | undefined): Reference[] {
  return entries(root).flatMap(({ value }) => {
    const node = at(value, 'Condition')
    const id = node && textOf(node)
    return id ? [{ node, kind: 'Condition' as const, id }] : []
  })
}

function scopes(project: Project): Scope[] {
  const names = (node: unknown, section: string) =>
    entries(at(node, section)).map(({ name }) => name)
  const types = (node: unknown) =>
    entries(at(node, 'Resources')).map(
      ({ name, value }) => [name, textOf(at(value, 'Type'))] as const
    )
  const own = readTemplates(project).map(({ file, root, lineOf }) => ({
    file,
    lineOf,
    roots: ['Resources', 'Outputs', 'Conditions'].map(section => at(root, section)),
    resources: new Map(types(root)),
    parameters: names(root, 'Parameters'),
    conditions: names(root, 'Conditions'),
    mappings: names(root, 'Mappings')
  }))
  return [...own, ...extensionScopes(project, names, types)]
}

/** All files of .ebextensions become one template. */
function extensionScopes(
  project: Project,
  names: (node: unknown, section: string) => string[],
  types: (node: unknown) => (readonly [string, string | undefined])[]
): Scope[] {
  const files = pathsLike(project, extensionFiles).map(file => ({ file, ...yamlOf(project, file) }))
  const resources = new Map(files.flatMap(({ root }) => types(root)))
  const parameters = files.flatMap(({ root }) => names(root, 'Parameters'))
  const mappings = files.flatMap(({ root }) => names(root, 'Mappings'))
  return files.map(({ file, root, lineOf = () => 1 }) => ({
    file,
    lineOf,
    roots: ['Resources', 'Outputs'].map(section => at(root, section)),
    resources,
    parameters,
    conditions: [],
    mappings
  }))
}
