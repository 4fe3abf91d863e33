import type { TSchema } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import Value from 'typebox/value'
import type { Sentence } from '../language.ts'
import type { Problem } from './kind.ts'

type Annotated = {
  says?: Sentence
  asks?: Sentence
  properties?: Record<string, Annotated>
  items?: Annotated
}
type Params = {
  limit?: number
  format?: string
  type?: string | string[]
  requiredProperties?: string[]
  additionalProperties?: string[]
}

const missing: Sentence = { ja: '入力してください。', en: 'Fill this in.' }
const unknown: Sentence = { ja: 'この項目はありません。', en: 'There is no such field.' }

// Every wrong field is named, not only the first eight.
Settings.Set({ maxErrors: 1000 })

/** What is wrong with a value, one sentence for each field. */
export function problemsOf(schema: TSchema, value: unknown): Problem[] {
  const found = Value.Errors(schema, value).flatMap(error => explain(schema, error))
  return [...new Map(found.reverse().map(problem => [problem.path, problem])).values()].reverse()
}

/** Turns a finding of the schema into sentences for the person, one for each field concerned. */
function explain(schema: TSchema, error: TLocalizedValidationError): Problem[] {
  const path = error.instancePath.slice(1).replaceAll('/', '.')
  const { requiredProperties, additionalProperties, ...params } = error.params as Params
  const inside = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (requiredProperties)
    return requiredProperties
      .map(inside)
      .map(path => ({ path, sentence: placeIn(schema, path)?.asks ?? missing }))
  if (additionalProperties)
    return additionalProperties.map(name => ({ path: inside(name), sentence: unknown }))
  return [{ path, sentence: placeIn(schema, path)?.says ?? sentence(error.keyword, params) }]
}

/** The schema of a field, with its own sentences: `says` when its form is wrong, `asks` when it is left out. */
function placeIn(schema: Annotated, path: string): Annotated | undefined {
  let place: Annotated | undefined = schema
  for (const name of path.split('.')) place = place?.properties?.[name] ?? place?.items
  return place
}

const malformed: Sentence = {
  ja: '入力の形式が正しくありません。',
  en: 'This has the wrong form.'
}

const numbers: Record<'number' | 'integer', Sentence> = {
  number: { ja: '数を入力してください。', en: 'Enter a number.' },
  integer: { ja: '整数を入力してください。', en: 'Enter a whole number.' }
}

const formats: Record<string, Sentence> = {
  date: {
    ja: '日付を「2026-04-01」の形で入力してください。',
    en: 'Enter a date such as 2026-04-01.'
  },
  email: {
    ja: 'メールアドレスの形で入力してください(例: name@example.jp)。',
    en: 'Enter an email address, such as name@example.jp.'
  },
  uri: {
    ja: 'URLの形で入力してください(例: https://example.jp/)。',
    en: 'Enter an address, such as https://example.jp/.'
  }
}

function sentence(keyword: string, { limit = 0, format = '', type }: Params): Sentence {
  const number = limit.toLocaleString('en')
  switch (keyword) {
    case 'minLength':
      return missing
    case 'maxLength':
      return {
        ja: `${number}文字以内で入力してください。`,
        en: `Use at most ${number} characters.`
      }
    case 'minimum':
      return {
        ja: `${number}以上の数を入力してください。`,
        en: `Enter a number from ${number} up.`
      }
    case 'maximum':
      return { ja: `${number}以下の数を入力してください。`, en: `Enter a number up to ${number}.` }
    case 'minItems':
      return { ja: `${number}行以上入力してください。`, en: `Enter at least ${number} line.` }
    case 'maxItems':
      return { ja: `${number}行以内にしてください。`, en: `Use at most ${number} lines.` }
    case 'anyOf':
    case 'const':
      return { ja: '選択肢から選んでください。', en: 'Choose one of the options.' }
    case 'boolean':
      return unknown
    case 'format':
      return formats[format] ?? malformed
    case 'type':
      return type === 'number' || type === 'integer' ? numbers[type] : malformed
    default:
      return malformed
  }
}
