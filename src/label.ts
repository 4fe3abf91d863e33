import type { TSchema } from 'typebox'
import type { Language, Sentence } from './language.ts'

/** The parts of a JSON schema that say what people call its fields. */
export type Labelled = {
  label?: Sentence
  properties?: Record<string, Labelled>
  items?: Labelled
}

/** What people call a field: `数量` for `lines.1.quantity`. */
export function labelOf(schema: TSchema, path: string, language: Language): string {
  return labelsAlong(schema, path).at(-1)?.[language] ?? path
}

/** The same in every language. */
export function labelsOf(schema: TSchema, path: string): Sentence {
  return { ja: labelOf(schema, path, 'ja'), en: labelOf(schema, path, 'en') }
}

/** The same with where it is, to read out of its place: `2行目 数量`, `Line 2, quantity`. */
export function placeOf(schema: TSchema, path: string, language: Language): string {
  const labels = labelsAlong(schema, path).map(label => label[language])
  if (language === 'ja') return labels.join(' ')
  return labels.map((label, index) => (index > 0 ? uncapitalized(label) : label)).join(', ')
}

function labelsAlong(schema: TSchema, path: string): Sentence[] {
  const labels: Sentence[] = []
  let place: Labelled | undefined = schema as Labelled
  for (const name of path.split('.')) {
    // The number of a row says more than the name of its list.
    if (place?.items) labels.splice(-1, 1, rowLabel(Number(name) + 1))
    place = place?.items ?? place?.properties?.[name]
    if (place?.label) labels.push(place.label)
  }
  return labels
}

function rowLabel(number: number): Sentence {
  return { ja: `${number}行目`, en: `Line ${number}` }
}

function uncapitalized(text: string) {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
