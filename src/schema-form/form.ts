import { fieldsOf } from '../form.ts'
import { type Html, html } from '../html.ts'
import { type Sentence, speak } from '../language.ts'
import type { FileRule, Form, FormView, Kind } from '../queue/kind.ts'
import { type RowList, rowList } from '../row-list.ts'
import { editRows } from '../rows.ts'
import { checkShape } from './check.ts'
import { controlOf } from './control.ts'
import { listsIn } from './list.ts'
import { payloadOf } from './payload.ts'
import { isOptional, partsOf, type Shape, sortOf } from './shape.ts'

type Part = [name: string, shape: Shape]
type Drawing = { view: FormView; input: ReturnType<typeof fieldsOf>; lists: RowList[] }

/** The form that the schema of a kind describes. Throws where it can't be drawn, and says what to do. */
export function formOf({ name, title, schema }: Pick<Kind, 'name' | 'title' | 'schema'>): Form {
  const shape = schema as Shape
  checkShape(name, shape)
  const input = fieldsOf(schema)
  const lists = listsIn(shape, input)
  const files = filesIn(shape)
  return {
    ...(Object.keys(files).length > 0 && { files }),
    fields: view => html`${sections({ view, input, lists }, shape, title)}`,
    read: values => payloadOf(shape, values),
    edit: (values, action) => lists.reduce((edited, list) => editRows(edited, list, action), values)
  }
}

function filesIn(schema: Shape): Record<string, FileRule> {
  const files = partsOf(schema).flatMap(([name, { file }]) => (file ? [[name, file]] : []))
  return Object.fromEntries(files)
}

/** In the order of the schema: fields that follow each other share a section, a group or a list has its own. */
function sections(drawing: Drawing, schema: Shape, title: Sentence): Html[] {
  const { language } = drawing.view
  const more: Sentence = { ja: 'そのほか', en: 'More' }
  const legends = [title, more]
  return runsIn(schema).map(run =>
    isBox(run[0])
      ? box(drawing, schema, run[0])
      : section((legends.shift() ?? more)[language], grid(drawing, schema, run))
  )
}

function runsIn(schema: Shape): [Part, ...Part[]][] {
  const runs: [Part, ...Part[]][] = []
  for (const part of partsOf(schema)) {
    const last = runs.at(-1)
    if (last && !isBox(last[0]) && !isBox(part)) last.push(part)
    else runs.push([part])
  }
  return runs
}

function isBox([, shape]: Part) {
  return ['group', 'rows'].includes(sortOf(shape) as string)
}

/** A group of fields, or a list. */
function box(drawing: Drawing, owner: Shape, [name, shape]: Part, prefix = ''): Html {
  const { view, lists } = drawing
  const optional = isOptional(owner, name)
  const note = speak(view.language)('任意', 'optional')
  const legend = html`${shape.label?.[view.language]}${optional && html` <small>${note}</small>`}`
  const list = lists.find(list => list.name === name)
  if (list) return section(legend, rowList(view, list), 'lines')
  const place = { prefix: `${prefix}${name}.`, isSpare: optional }
  const content = runsIn(shape).map(run =>
    isBox(run[0]) ? box(drawing, shape, run[0], place.prefix) : grid(drawing, shape, run, place)
  )
  return section(legend, html`${content}`)
}

/** `isSpare`: what they belong to may be left out as a whole, so no choice is made beforehand. */
function grid(
  { view, input }: Drawing,
  owner: Shape,
  run: Part[],
  { prefix = '', isSpare = false } = {}
): Html {
  const fields = run.map(([name, shape]) => {
    const optional = isOptional(owner, name)
    return input(view, prefix + name, controlOf(shape, view.language, optional, isSpare))
  })
  return html`<div class="grid">${fields}</div>`
}

function section(legend: Html | string, content: Html, style = ''): Html {
  return html`<fieldset${style && html` class="${style}"`}><legend>${legend}</legend>
${content}</fieldset>`
}
