import { fieldsOf, idOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { taxRates } from '../../invoice/fields.ts'
import { Invoice } from '../../invoice/schema.ts'
import { speak } from '../../language.ts'
import type { FormView } from '../../queue/kind.ts'
import { linesIn, mostLines } from './line-fields.ts'

const input = fieldsOf(Invoice)

/** The lines of the invoice: a row for each, one to copy for the script, and the button for another. */
export function lineRows(view: FormView): Html {
  const t = speak(view.language)
  const count = linesIn(view.values).length || 1
  const isFull = count >= mostLines
  const problem = view.problems.find(({ path }) => path === 'lines')
  const empty = { ...view, values: {}, problems: [] }
  return html`<div id="${idOf('lines')}" tabindex="-1">
${problem && html`<p class="error">${problem.sentence[view.language]}</p>`}
<div class="rows" data-most="${mostLines}">${Array.from({ length: count }, (_, index) => lineRow(view, index))}</div>
<template>${lineRow(empty, 0)}</template>
<p><button type="submit" name="action" value="add-line" data-add-row${isFull && html` hidden`}>${t('＋ 行を追加', '＋ Add a line')}</button></p>
<p class="hint" data-full${!isFull && html` hidden`}>${t(`明細は${mostLines}行までです。`, `An invoice has at most ${mostLines} lines.`)}</p>
</div>`
}

function lineRow(view: FormView, index: number): Html {
  const t = speak(view.language)
  const name = (cell: string) => `lines.${index}.${cell}`
  const numberId = idOf(name('number'))
  return html`<div class="row grid" role="group" aria-labelledby="${numberId}">
<p class="row-number narrow-only" id="${numberId}" data-row-number>${t(`${index + 1}行目`, `Line ${index + 1}`)}</p>
${input(view, name('description'), { span: 4 })}
${input(view, name('quantity'), { inputmode: 'decimal', span: 2 })}
${input(view, name('unit'), { span: 1 })}
${input(view, name('unitPrice'), { inputmode: 'numeric', span: 2 })}
${input(view, name('taxRate'), { options: taxRates(view.language), span: 2 })}
<div class="field span-1 remove">${removeButton(view, index)}</div>
</div>`
}

function removeButton({ language }: FormView, index: number): Html {
  const label = speak(language)(`${index + 1}行目を削除`, `Remove line ${index + 1}`)
  return html`<button type="submit" name="action" value="remove-line-${index}" data-remove-row><span aria-hidden="true">×</span> <span class="narrow-only" data-row-number>${label}</span></button>`
}
