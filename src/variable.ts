import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { isNoneOrWebUrl, isWebUrl } from './url.ts'

export const port = (standard: number) =>
  Type.Integer({ minimum: 0, maximum: 65535, default: standard, means: 'a port number' })
export const text = (means: string, standard = '') => Type.String({ default: standard, means })
export const url = (means: string, isRight = isWebUrl) =>
  Type.String({ minLength: 1, means, isRight })
/** Empty: AWS itself. */
export const endpoint = (means: string) =>
  Type.String({ default: '', means, isRight: isNoneOrWebUrl })
export const days = (standard: number) =>
  Type.Integer({
    minimum: 1,
    maximum: 3650,
    default: standard,
    means: 'a number of days, 1 to 3650'
  })
/** What the dashboard tells of another program; where it is empty, the files of the release say it. */
export const seconds = (means: string) =>
  Type.String({ pattern: '^(\\d{1,5})?$', default: '', means: `${means}, in whole seconds` })
export const secret = (means: string) => Type.String({ default: '', means, isSecret: true })

export type Environment = Record<string, string | undefined>

/** What a schema says about a variable; `isSecret` keeps its value out of every error. */
type Rule = {
  type?: string
  means: string
  default?: unknown
  isSecret?: boolean
  isRight?(value: string): boolean
}

/** The typed values. Throws one error that names every wrong variable, in sentences. */
export function read<Schema extends Type.TObject>(schema: Schema, environment: Environment) {
  const { values, wrong } = check(schema, environment)
  if (wrong.length === 0) return values
  const sentences = wrong.map(({ sentence }) => `  ${sentence}`)
  throw new Error(`The configuration is not complete.\n${sentences.join('\n')}`)
}

/** The same with what is wrong beside it. */
export function check<Schema extends Type.TObject>(schema: Schema, environment: Environment) {
  const rules = rulesOf(schema)
  const set = rules.filter(([name]) => environment[name])
  const given = set.map(([name, rule]) => [name, typed(rule, environment[name] as string)])
  const values = Value.Default(schema, Object.fromEntries(given)) as Static<Schema>
  const wrong = rules
    .filter(([name, rule]) => !fits(rule, values[name as keyof typeof values]))
    .map(([name, rule]) => ({ name, sentence: complain(name, rule, environment[name]) }))
  return { values, wrong }
}

export function rulesOf(schema: Type.TObject) {
  return Object.entries(schema.properties as unknown as Record<string, Rule>)
}

/** A number only where the whole text is one: `3000.5` and `0x10` are no ports. */
function typed({ type }: Rule, text: string): unknown {
  return type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
}

function fits(rule: Rule, value: unknown) {
  const hasForm = Value.Check(rule as unknown as Type.TSchema, value)
  return hasForm && (rule.isRight?.(String(value)) ?? true)
}

function complain(name: string, { means, isSecret }: Rule, value: string | undefined) {
  const shown = isSecret ? 'has the wrong form' : `is "${value}"`
  return `${name} ${value ? shown : 'is not set'}: set it to ${means}.`
}
