import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The parts of an OpenAPI document that become types. */
type Schema = {
  type?: string
  title?: string
  description?: string
  enum?: unknown[]
  anyOf?: Schema[]
  $ref?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
}
type Media = { content: Record<string, { schema: Schema }> }
type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Operation = {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: Media
  responses: Record<string, Media>
}
export type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const file = join(import.meta.dirname, 'beanline-types.ts')

/** The types of a document, as TypeScript. */
export function typesOf({ paths, components }: Document): string {
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation }))
  )
  const types = operations.map(
    operation => `  /** ${operation.summary}. */
  ${operation.operationId}: ${blockOf(partsOf(operation), '  ')}`
  )
  const routes = operations.map(
    ({ operationId, method, path }) =>
      `  ${operationId}: { method: '${method.toUpperCase()}', path: '${path}' }`
  )
  return `// Made by "npm run client" from /api/openapi.json: change the schemas of the API, not this file.

${schemas.join('\n')}
export type Operations = {
${types.join('\n')}
}

export const routes: Record<keyof Operations, { method: string; path: string }> = {
${routes.join(',\n')}
}
`
}

/** What an operation takes and gives. */
function partsOf({ parameters = [], requestBody, responses }: Operation): [string, string][] {
  const [, good] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
  const places = { path: 'params', query: 'query', header: 'headers' }
  const given = Object.entries(places).flatMap(([place, name]): [string, string][] => {
    const some = parameters.filter(one => one.in === place)
    if (some.length === 0) return []
    const isOptional = some.every(one => !one.required)
    const fields = some.map(({ name, required, schema }): [string, string] => [
      `${quoted(name)}${required ? '' : '?'}`,
      typeOf(schema, '    ')
    ])
    return [[`${name}${isOptional ? '?' : ''}`, blockOf(fields, '    ')]]
  })
  if (requestBody) given.push(['body', mediaOf(requestBody)])
  return [...given, ['answer', good ? mediaOf(good) : 'void']]
}

function mediaOf({ content }: Media) {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
  return type === 'application/json' ? typeOf(schema, '    ') : 'Uint8Array'
}

function typeOf(schema: Schema, indent = ''): string {
  const { $ref, enum: choices, anyOf, items, properties, required = [], type } = schema
  if ($ref) return $ref.split('/').at(-1) ?? 'unknown'
  if (choices) return choices.map(choice => literal(choice)).join(' | ')
  if (anyOf) return anyOf.map(part => typeOf(part, indent)).join(' | ')
  if (items) return `Array<${typeOf(items, indent)}>`
  if (properties && Object.keys(properties).length > 0) {
    const fields = Object.entries(properties).map(([name, part]): [string, string] => [
      `${quoted(name)}${required.includes(name) ? '' : '?'}`,
      typeOf(part, `${indent}  `)
    ])
    return blockOf(fields, indent)
  }
  const plain: Record<string, string> = { integer: 'number', object: 'Record<string, unknown>' }
  return plain[type ?? ''] ?? type ?? 'unknown'
}

function blockOf(fields: [string, string][], indent: string) {
  const lines = fields.map(([name, type]) => `${indent}  ${name}: ${type}`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

function literal(value: unknown) {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function quoted(name: string) {
  return /^\w+$/.test(name) ? name : `'${name}'`
}

/** `npm run client`, with the address of a web tier; that of `npm start` when left out. */
async function start(url = 'http://127.0.0.1:3000') {
  const response = await fetch(new URL('/api/openapi.json', url))
  if (!response.ok) throw new Error(`${url} has no document (${response.status}): is it Beanline?`)
  const types = typesOf((await response.json()) as Document)
  const isNew = readFileSync(file, { encoding: 'utf8', flag: 'a+' }) !== types
  if (isNew) writeFileSync(file, types)
  process.stdout.write(`${isNew ? 'Written' : 'Nothing new'}: ${file}\n`)
}

if (import.meta.main) await start(process.argv[2])
