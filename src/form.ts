import type { TSchema } from 'typebox'
import { type Html, html } from './html.ts'
import { labelOf, placeOf } from './label.ts'
import type { FormView } from './queue/kind.ts'

export type Field = {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'email' | 'date' | 'tel'
  inputmode?: 'numeric' | 'decimal'
  autocomplete?: string
  placeholder?: string
  /** Draws a text area with so many rows. */
  rows?: number
  /** Draws a choice: value and what people read. */
  options?: [value: string, label: string][]
  optional?: boolean
  /** Its width on a wide screen, in twelfths of the form. */
  span?: number
}

/** One field with its label, hint, what was typed, and what is wrong with it right below. */
export function field({ values, problems, language }: FormView, about: Field): Html {
  const { name, label, hint, span = 12, optional } = about
  const id = idOf(name)
  const wrong = problems.filter(({ path }) => path === name).map(p => p.sentence[language])
  const note = optional && (language === 'ja' ? '任意' : 'optional')
  const described = [hint && `${id}-hint`, wrong.length > 0 && `${id}-error`].filter(Boolean)
  const attributes = html`id="${id}" name="${name}"${
    described.length > 0 && html` aria-describedby="${described.join(' ')}"`
  }${wrong.length > 0 && html` aria-invalid="true"`}`
  return html`<div class="field span-${span}">
<label for="${id}">${label}${note && html` <small>${note}</small>`}</label>
${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
${control(about, values[name] ?? '', attributes)}
${wrong.length > 0 && html`<p class="error" id="${id}-error">${wrong.join(' ')}</p>`}
</div>`
}

function control({ options, rows, ...about }: Field, value: string, attributes: Html): Html {
  if (options)
    return html`<select ${attributes}>${options.map(
      ([key, label]) =>
        html`<option value="${key}"${key === value && html` selected`}>${label}</option>`
    )}</select>`
  if (rows) return html`<textarea ${attributes} rows="${rows}">\n${value}</textarea>`
  const { type = 'text', inputmode, autocomplete, placeholder } = about
  return html`<input ${attributes} type="${type}" value="${value}"${
    autocomplete && html` autocomplete="${autocomplete}"`
  }${
    inputmode && html` inputmode="${inputmode}"`
  }${placeholder && html` placeholder="${placeholder}"`}>`
}

/** Draws fields under the labels that their schema has for them. */
export function fieldsOf(schema: TSchema) {
  return (view: FormView, name: string, about: Omit<Field, 'name' | 'label'> = {}) =>
    field(view, { name, label: labelOf(schema, name, view.language), ...about })
}

/** What is wrong, on top of the form: each sentence names its field and leads to it. */
export function problemList({ problems, language }: FormView, schema: TSchema): Html | false {
  if (problems.length === 0) return false
  const heading = { ja: '入力内容をご確認ください', en: 'Please check what you entered' }[language]
  const colon = { ja: '：', en: ': ' }[language]
  const items = problems.map(({ path, sentence }) => {
    const place = placeOf(schema, path, language)
    return html`<li><a href="#${idOf(path)}">${place}${place && colon}${sentence[language]}</a></li>`
  })
  return html`<section class="problems" role="alert" tabindex="-1" autofocus aria-labelledby="problems-title">
<h2 id="problems-title">${heading}</h2>
<ul>${items}</ul>
</section>`
}

export function idOf(name: string) {
  return `f-${name.replaceAll('.', '-')}`
}
