import type { TSchema } from 'typebox'
import { type Html, html } from './html.ts'
import { labelOf, placeOf } from './label.ts'
import { speak } from './language.ts'
import type { FileRule, FormView } from './queue/kind.ts'
import { keptUpload, sizeText, tooLarge, uploadIn } from './upload.ts'

export type Field = {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'email' | 'date' | 'tel' | 'url' | 'checkbox'
  inputmode?: 'numeric' | 'decimal'
  autocomplete?: string
  placeholder?: string
  /** What a new form proposes. */
  initial?: string
  /** Draws a text area with so many rows. */
  rows?: number
  /** Draws a choice: value and what people read. */
  options?: [value: string, label: string][]
  /** Lets people choose a file. */
  file?: FileRule
  optional?: boolean
  /** Its width on a wide screen, in twelfths of the form. */
  span?: number
}

/** One field with its label, hint, what was typed, and what is wrong with it right below. */
export function field(view: FormView, about: Field): Html {
  const { values, problems, language } = view
  const { name, label, hint, span = 12, optional } = about
  const id = idOf(name)
  const wrong = problems.filter(({ path }) => isAbout(path, name)).map(p => p.sentence[language])
  const note = optional && (language === 'ja' ? '任意' : 'optional')
  const described = [hint && `${id}-hint`, wrong.length > 0 && `${id}-error`].filter(Boolean)
  const attributes = html`id="${id}" name="${name}"${
    described.length > 0 && html` aria-describedby="${described.join(' ')}"`
  }${wrong.length > 0 && html` aria-invalid="true"`}`
  return html`<div class="field span-${span}${about.type === 'checkbox' && html` tick`}">
<label for="${id}">${label}${note && html` <small>${note}</small>`}</label>
${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
${about.file ? fileControl(view, about, attributes) : control(about, values[name] ?? about.initial ?? '', attributes)}
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
  if (type === 'checkbox')
    return html`<input ${attributes} type="checkbox" value="yes"${value !== '' && html` checked`}>`
  return html`<input ${attributes} type="${type}" value="${value}"${
    autocomplete && html` autocomplete="${autocomplete}"`
  }${
    inputmode && html` inputmode="${inputmode}"`
  }${placeholder && html` placeholder="${placeholder}"`}>`
}

/** A problem with a part of an upload is one of the upload. */
function isAbout(path: string, name: string) {
  return path === name || ['key', 'name', 'bytes'].some(part => path === `${name}.${part}`)
}

/** A browser can't be given a file back, so what was sent before is named and kept beside. */
function fileControl({ values, language }: FormView, about: Field, attributes: Html): Html {
  const { most, accept } = about.file as FileRule
  const t = speak(language)
  const { name, optional } = about
  const sent = uploadIn(values, name)
  const drop = html` <label class="drop"><input type="checkbox" name="${name}.drop" value="yes"> ${t('使わない', 'Leave it out')}</label>`
  return html`<div class="file-field">
<input ${attributes} type="file" accept="${accept}" data-most="${most}" data-too-large="${tooLarge(most)[language]}">
${sent && html`${keptUpload(values, name)}<p class="sent">${t('受け取り済み', 'We have')}: <span class="file-name">${sent['name']}</span> (${sizeText(Number(sent['bytes']))})${optional && drop}</p>`}
</div>`
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
