import type { TSchema } from 'typebox'
import { cleanText, narrowText } from '../text.ts'

/** The parts of a JSON schema that say how a value is tidied. */
type Shape = {
  type?: string
  const?: unknown
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  items?: Shape
  multiline?: boolean
  indented?: boolean
  narrow?: boolean
  format?: string
}

/**
 * A payload as the schema would like it, before it is checked: text cleaned, blank fields left out,
 * numbers and choices understood as people type them (`１，２００` is 1200). What it can't understand
 * stays as it is, for the check to name. Keys come out in the schema's order, unknown ones last.
 */
export function tidy(schema: TSchema, value: unknown): unknown {
  return tidyShape(schema as Shape, value)
}

function tidyShape(shape: Shape, value: unknown): unknown {
  if (Array.isArray(value)) return tidyArray(shape, value)
  if (typeof value === 'object' && value !== null) return tidyObject(shape, value)
  if (typeof value !== 'string') return value
  if (shape.anyOf) return choose(shape.anyOf, value)
  if (shape.type === 'number' || shape.type === 'integer') return toNumber(value)
  return toText(shape, value)
}

/** Goes only as deep as the schema does, so that no input can be too deep for it. */
function tidyArray({ items }: Shape, value: unknown[]) {
  return items ? value.map(item => tidyShape(items, item)) : value
}

function tidyObject({ properties = {} }: Shape, value: object) {
  const names = new Set([...Object.keys(properties), ...Object.keys(value)])
  const entries = [...names]
    .filter(name => Object.hasOwn(value, name))
    .map(name => [name, tidyField(properties[name], (value as Record<string, unknown>)[name])])
    .filter(([, tidied]) => tidied !== undefined && tidied !== null)
  return Object.fromEntries(entries)
}

function tidyField(shape: Shape | undefined, value: unknown) {
  return shape ? tidyShape(shape, value) : value
}

function choose(choices: Shape[], value: string) {
  const typed = narrowText(value)
  if (typed === '') return undefined
  return choices.map(choice => choice.const).find(choice => String(choice) === typed) ?? value
}

/** `1,200`, `¥1200`, `1200円` and `△1200` (minus, as accountants write it); `1,2` is none of these. */
const number =
  /^(?<sign>[+\-△▲])? ?[¥\\]?(?<digits>\d{1,3}(?:,\d{3})+|\d*)(?<decimals>\.\d+)? ?円?$/u

function toNumber(value: string) {
  const text = narrowText(value)
  if (text === '') return undefined
  const { sign = '', digits = '', decimals = '' } = number.exec(text)?.groups ?? {}
  if (digits + decimals === '') return value
  const magnitude = Number(digits.replaceAll(',', '') + decimals)
  return /[-△▲]/u.test(sign) ? -magnitude : magnitude
}

/** What has a format, such as a date, is a code. */
function toText(shape: Shape, value: string) {
  const { format, narrow = format !== undefined, multiline = false, indented = false } = shape
  const text = narrow ? narrowText(value) : cleanText(value, { multiline, indented })
  return text === '' ? undefined : text
}
