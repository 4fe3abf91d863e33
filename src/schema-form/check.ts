import { partsOf, type Shape, type Sort, sortOf } from './shape.ts'

/** What the form has beside the fields of the kind. */
const taken = ['action', 'checked', 'email', 'language', 'submission']

/** More don't fit beside each other. */
const mostCells = 6

const anywhere: Sort[] = ['choice', 'number', 'switch', 'text', 'group']
const inRow: Sort[] = ['choice', 'number', 'switch', 'text']

/** Throws when no form can be drawn from the schema of a kind, with what to do about it. */
export function checkShape(kind: string, schema: Shape) {
  for (const [name, shape] of partsOf(schema)) {
    if (taken.includes(name))
      throw refusal(kind, name, 'has a name that every order uses for itself: choose another')
    checkPart(kind, name, shape, [...anywhere, 'file', 'rows'])
  }
}

function checkPart(kind: string, path: string, shape: Shape, sorts: Sort[]) {
  const sort = sortOf(shape)
  if (!shape.label)
    throw refusal(kind, path, "has no label: write label: { ja: '…', en: '…' } into its schema")
  if (!sort || !sorts.includes(sort)) throw refusal(kind, path, unknown)
  if (sort === 'group')
    for (const [name, part] of partsOf(shape)) checkPart(kind, `${path}.${name}`, part, anywhere)
  if (sort === 'rows') checkCells(kind, path, shape.items as Shape)
}

function checkCells(kind: string, path: string, items: Shape) {
  const cells = partsOf(items)
  for (const [name, cell] of cells) checkPart(kind, `${path}.0.${name}`, cell, inRow)
  if (cells.length > mostCells || cells.some(([, { multiline }]) => multiline))
    throw refusal(
      kind,
      path,
      `has rows too large to be drawn (${mostCells} short fields fit): ${own}`
    )
}

const own = "give the kind a form of its own, as src/jobs/report/ has, or change the field's schema"
const unknown = `can't be drawn from its schema here: ${own}`

function refusal(kind: string, path: string, what: string) {
  return new Error(`The field "${path}" of the kind "${kind}" ${what}.`)
}
