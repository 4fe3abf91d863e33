import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import type { Schema } from './reading.ts'

/** The fields of a schema with those inside of them, by their paths. */
export function fieldTable(caption: string, schema: Schema, language: Language): Html {
  const t = speak(language)
  const heads = [t('名前', 'Name'), t('値', 'Value')]
  const rows = fieldsIn(schema).map(({ path, field, isRequired }) => [
    html`<code>${path}</code>${isRequired && html` <span class="hint">${t('必須', 'required')}</span>`}`,
    html`${meaning(field, language)} <span class="hint" lang="en">${formOf(field)}</span>`
  ])
  return html`<div class="scroll"><table class="fields"><caption>${caption}</caption>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(cells => html`<tr>${cells.map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

type Field = { path: string; field: Schema; isRequired: boolean }

function fieldsIn({ properties = {}, required = [] }: Schema, prefix = ''): Field[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name
    const own = { path, field, isRequired: required.includes(name) }
    if (field.items?.properties) return [own, ...fieldsIn(field.items, `${path}[].`)]
    return field.properties ? [own, ...fieldsIn(field, `${path}.`)] : [own]
  })
}

function meaning(field: Schema, language: Language) {
  if (language === 'ja' && field['x-ja']) return field['x-ja']
  return field.title ?? field.description ?? ''
}

/** What a value looks like, in a line. */
function formOf(field: Schema): string {
  const {
    type = '',
    format,
    pattern,
    enum: choices,
    anyOf,
    minimum,
    maximum,
    maxLength,
    maxItems
  } = field
  if (choices) return choices.join(' | ')
  if (anyOf) return anyOf.map(part => part.$ref?.split('/').at(-1) ?? formOf(part)).join(' | ')
  const number = (value: number) => value.toLocaleString('en')
  const range = [
    minimum !== undefined && `from ${number(minimum)}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `to ${number(maximum)}`,
    maxLength !== undefined && `up to ${number(maxLength)} characters`,
    maxItems !== undefined && `up to ${number(maxItems)}`
  ].filter(Boolean)
  // What a pattern asks for is said in words.
  const words = pattern !== undefined && field.title && field.description
  const form = [type, format && `(${format})`, ...range].filter(Boolean).join(' ')
  return words ? `${form}. ${words}` : form
}
