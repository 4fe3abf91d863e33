import { idOf } from './form.ts'
import { type Html, html } from './html.ts'
import { type Sentence, speak } from './language.ts'
import type { FormView } from './queue/kind.ts'
import { type Rows, rowsIn } from './rows.ts'

/** A list as it is drawn: its cells, and what stands in the place of the button when it is full. */
export type RowList = Rows & { cells(view: FormView, index: number): Html; full: Sentence }

/** The rows of a list, one to copy for the script, and the button for another; all works without the script. */
export function rowList(view: FormView, list: RowList): Html {
  const t = speak(view.language)
  const { name, action, most, full } = list
  const count = rowsIn(view.values, name).length || 1
  const isFull = count >= most
  const problem = view.problems.find(({ path }) => path === name)
  const empty = { ...view, values: {}, problems: [] }
  const rows = Array.from({ length: count }, (_, index) => drawRow(view, list, index))
  return html`<div id="${idOf(name)}" tabindex="-1">
${problem && html`<p class="error">${problem.sentence[view.language]}</p>`}
<div class="rows" data-name="${name}" data-most="${most}">${rows}</div>
<template>${drawRow(empty, list, 0)}</template>
<p><button type="submit" name="action" value="add-${action}" data-add-row${isFull && html` hidden`}>${t('＋ 行を追加', '＋ Add a line')}</button></p>
<p class="hint" data-full${!isFull && html` hidden`}>${full[view.language]}</p>
</div>`
}

function drawRow(view: FormView, { name, action, cells }: RowList, index: number): Html {
  const t = speak(view.language)
  const numberId = idOf(`${name}.${index}.number-of-row`)
  const label = t(`${index + 1}行目を削除`, `Remove line ${index + 1}`)
  return html`<div class="row grid" role="group" aria-labelledby="${numberId}">
<p class="row-number narrow-only" id="${numberId}" data-row-number>${t(`${index + 1}行目`, `Line ${index + 1}`)}</p>
${cells(view, index)}
<div class="field span-1 remove"><button type="submit" name="action" value="remove-${action}-${index}" data-remove-row><span aria-hidden="true">×</span> <span class="narrow-only" data-row-number>${label}</span></button></div>
</div>`
}
