import type { Sentence } from '../language.ts'
import type { FileRule } from '../queue/kind.ts'

/** The parts of a JSON schema that say how a field is drawn, and the words of ours for what they can't say. */
export type Shape = {
  type?: string
  anyOf?: Choice[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  /** `date`, `email` or `uri`. */
  format?: string
  multiline?: boolean
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  /** What a new form proposes. */
  default?: string | number
  label?: Sentence
  hint?: Sentence
  placeholder?: string
  autocomplete?: string
  /** Its width on a wide screen, in twelfths of the form. */
  span?: number
  file?: FileRule
}

export type Choice = { const?: string | number; label?: Sentence }

/** What a field is for the person who fills it in. */
export type Sort = 'choice' | 'file' | 'group' | 'number' | 'rows' | 'switch' | 'text'

/** Undefined for what only a form of the kind's own can ask for. */
export function sortOf({ type = '', anyOf, file, items }: Shape): Sort | undefined {
  if (anyOf) return anyOf.every(choice => choice.const !== undefined) ? 'choice' : undefined
  if (type === 'object') return file ? 'file' : 'group'
  if (type === 'array') return items?.type === 'object' && !items.file ? 'rows' : undefined
  const sorts: Record<string, Sort> = {
    boolean: 'switch',
    integer: 'number',
    number: 'number',
    string: 'text'
  }
  return sorts[type]
}

export function partsOf({ properties = {} }: Shape): [name: string, shape: Shape][] {
  return Object.entries(properties)
}

export function isOptional({ required = [] }: Shape, name: string): boolean {
  return !required.includes(name)
}
