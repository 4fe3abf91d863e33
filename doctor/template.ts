import type { Node } from 'yaml'
import { type Project, pathsLike, templates, yamlOf } from './project.ts'
import { at, entries, isFunction, numberOf, textOf, type Yaml } from './yaml.ts'

/** A template of CloudFormation in infra/. */
export type Template = { file: string; root: Node; lineOf: Yaml['lineOf'] }

export function readTemplates(project: Project): Template[] {
  return pathsLike(project, templates).flatMap(file => {
    const { root, lineOf } = yamlOf(project, file) ?? {}
    return root && lineOf && at(root, 'Resources') ? [{ file, root, lineOf }] : []
  })
}

/** The template whose outputs fill in the saved configurations: the one that has any. */
export function outputs(project: Project): string[] {
  return readTemplates(project).flatMap(({ root }) =>
    entries(at(root, 'Outputs')).map(({ name }) => name)
  )
}

export type Resource = { template: Template; id: string; key: Node; properties: Node | undefined }

export function resourcesOf(project: Project, type: string): Resource[] {
  return readTemplates(project).flatMap(template =>
    entries(at(template.root, 'Resources'))
      .filter(({ value }) => textOf(at(value, 'Type')) === type)
      .map(({ name, key, value }) => ({
        template,
        id: name,
        key,
        properties: at(value, 'Properties')
      }))
  )
}

/** The logical id that `!Ref X`, `!GetAtt X.Arn` and their long forms name. */
export function referenced(node: unknown): string | undefined {
  if (!isFunction(node)) return
  const [long] = entries(node)
  const target = long ? long.value : node
  const text = plain(target)
  return text?.split('.')[0]
}

/** A number, or the default of the parameter that is referenced. */
export function numberIn({ root }: Template, node: unknown): number | undefined {
  const id = referenced(node)
  return id === undefined ? numberOf(node) : numberOf(at(root, 'Parameters', id, 'Default'))
}

/** The text of a scalar whatever its tag; of a list, its first. */
function plain(node: unknown): string | undefined {
  const { value, items } = node as { value?: unknown; items?: { value?: unknown }[] }
  const first = items ? items[0]?.value : value
  return typeof first === 'string' ? first : undefined
}
