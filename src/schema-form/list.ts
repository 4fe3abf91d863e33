import type { fieldsOf } from '../form.ts'
import { type Html, html } from '../html.ts'
import type { Sentence } from '../language.ts'
import type { Fields, FormView } from '../queue/kind.ts'
import type { RowList } from '../row-list.ts'
import { controlOf } from './control.ts'
import { isOptional, partsOf, type Shape, sortOf } from './shape.ts'

/** As many as an order that says nothing may have. */
const mostRows = 100

/** The arrays of a schema, as lists of a form. */
export function listsIn(schema: Shape, input: ReturnType<typeof fieldsOf>): RowList[] {
  return partsOf(schema).flatMap(([name, shape]) => {
    if (sortOf(shape) !== 'rows') return []
    const { items = {}, maxItems: most = mostRows } = shape
    const first = partsOf(items)[0]?.[0] ?? ''
    const isFilled = (row: Fields) => isTyped(items, row)
    const cells = (view: FormView, index: number) => cellsOf(view, items, input, `${name}.${index}`)
    return [{ name, action: name, first, most, isFilled, cells, full: fullAt(most) }]
  })
}

/** A choice, and what a new row proposes, are there without the person. */
function isTyped(items: Shape, row: Fields): boolean {
  return partsOf(items).some(([name, shape]) => {
    const typed = row[name]?.trim() ?? ''
    return sortOf(shape) !== 'choice' && typed !== '' && typed !== String(shape.default ?? '')
  })
}

function cellsOf(
  view: FormView,
  items: Shape,
  input: ReturnType<typeof fieldsOf>,
  path: string
): Html {
  const widths = widthsOf(items)
  return html`${partsOf(items).map(([name, shape], index) => {
    const optional = isOptional(items, name)
    const { hint: _, ...control } = controlOf(shape, view.language, optional)
    return input(view, `${path}.${name}`, { ...control, span: widths[index] ?? 1 })
  })}`
}

/** In twelfths, one of which the button has: as the schema says, or as much as it takes, and the first has the rest. */
function widthsOf(items: Shape): number[] {
  const parts = partsOf(items)
  const equal = Math.floor(11 / parts.length)
  const [, ...others] = parts.map(([, shape]) => {
    const { span = sortOf(shape) === 'text' ? equal : Math.min(equal, 2) } = shape
    return span
  })
  return [Math.max(1, 11 - others.reduce((sum, span) => sum + span, 0)), ...others]
}

function fullAt(most: number): Sentence {
  return { ja: `${most}行までです。`, en: `There is room for ${most} lines.` }
}
