import type { Fields } from '../queue/kind.ts'
import { rowsIn } from '../rows.ts'
import { uploadIn } from '../upload.ts'
import { isOptional, partsOf, type Shape, sortOf } from './shape.ts'

/** The payload that the fields of a form mean, not yet tidied; what is optional and blank is left out. */
export function payloadOf(schema: Shape, values: Fields, prefix = ''): Record<string, unknown> {
  const entries = partsOf(schema).map(([name, shape]) => {
    const value = fieldOf(shape, values, prefix + name)
    return [name, isOptional(schema, name) && isBlank(value) ? undefined : value]
  })
  return Object.fromEntries(entries)
}

function fieldOf(shape: Shape, values: Fields, path: string): unknown {
  switch (sortOf(shape)) {
    case 'file':
      return uploadIn(values, path)
    case 'group':
      return payloadOf(shape, values, `${path}.`)
    case 'rows':
      return rowsIn(values, path).map(row => payloadOf(shape.items as Shape, row))
    case 'switch':
      return Boolean(values[path])
    default:
      return values[path]
  }
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && value !== null ? Object.values(value).every(isBlank) : !value
}
