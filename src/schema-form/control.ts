import type { Field } from '../form.ts'
import { type Language, speak } from '../language.ts'
import { type Shape, sortOf } from './shape.ts'

/**
 * What a field of a schema looks like in a form; its label comes from the schema itself. `isSpare`: what it belongs
 * to may be left out.
 */
export function controlOf(
  shape: Shape,
  language: Language,
  optional: boolean,
  isSpare = false
): Omit<Field, 'name' | 'label'> {
  const { default: initial, placeholder, autocomplete } = shape
  const hint = shape.hint?.[language] ?? limitsOf(shape, language)
  return {
    ...sorted(shape, language, optional || isSpare),
    span: shape.span ?? spanOf(shape),
    optional: optional && sortOf(shape) !== 'switch',
    ...(hint && { hint }),
    ...(initial !== undefined && { initial: String(initial) }),
    ...(placeholder && { placeholder }),
    ...(autocomplete && { autocomplete })
  }
}

function sorted(shape: Shape, language: Language, isSpare: boolean): Partial<Field> {
  const { type, format = '', file, multiline } = shape
  switch (sortOf(shape)) {
    case 'choice':
      return { options: optionsOf(shape, language, isSpare) }
    case 'file':
      return file ? { file } : {}
    case 'number':
      // Not the browser's own number field: it takes neither full-width digits nor 1,200.
      return { inputmode: type === 'integer' ? 'numeric' : 'decimal' }
    case 'switch':
      return { type: 'checkbox' }
    default:
      return multiline ? { rows: 3 } : { type: types[format] ?? 'text' }
  }
}

const types: Record<string, 'date' | 'email' | 'url'> = { date: 'date', email: 'email', uri: 'url' }

function optionsOf({ anyOf = [] }: Shape, language: Language, isSpare: boolean) {
  const options = anyOf.map(({ const: value, label }): [string, string] => [
    String(value),
    label?.[language] ?? String(value)
  ])
  const none: [string, string] = ['', speak(language)('（なし）', '(none)')]
  return isSpare ? [none, ...options] : options
}

/** The limits that people run into; those of a line of text are told when it is too long. */
function limitsOf({ minimum, maximum, maxLength, multiline }: Shape, language: Language) {
  const t = speak(language)
  const [least, most, length] = [minimum, maximum, maxLength].map(number =>
    number?.toLocaleString('en')
  )
  if (least && most) return t(`${least}〜${most}`, `${least} to ${most}`)
  if (least) return t(`${least}以上`, `${least} or more`)
  if (most) return t(`${most}以下`, `Up to ${most}`)
  return multiline && length ? t(`${length}文字以内`, `Up to ${length} characters`) : undefined
}

function spanOf(shape: Shape): number {
  const { maxLength = 100, format = '', multiline, file } = shape
  const isShort = !['text', 'file', 'switch'].includes(sortOf(shape) as string)
  if (isShort || format === 'date' || maxLength <= 20) return 4
  return multiline || file || maxLength > 100 || sortOf(shape) === 'switch' ? 12 : 8
}
