import { type Html, html } from '../../html.ts'

type Cell = Html | string | number

/**
 * Rows under their heads, on a phone a card for each, whose cells say their heads themselves. Cells beyond the heads are
 * left out: those of the actions, where there are none.
 */
export function cardTable(heads: string[], rows: Cell[][], name = ''): Html {
  const cells = (row: Cell[]) =>
    row.slice(0, heads.length).map((cell, at) => html`<td data-head="${heads[at]}">${cell}</td>`)
  return html`<div class="scroll"><table class="jobs${name && ` ${name}`}">
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>`
}
