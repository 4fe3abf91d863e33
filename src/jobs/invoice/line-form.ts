import { fieldsOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { taxRates } from '../../invoice/fields.ts'
import { Invoice } from '../../invoice/schema.ts'
import type { FormView } from '../../queue/kind.ts'
import type { RowList } from '../../row-list.ts'

const input = fieldsOf(Invoice)

/** The lines of the invoice. */
export const lines: RowList = {
  name: 'lines',
  action: 'line',
  first: 'description',
  most: 200,
  full: { ja: '明細は200行までです。', en: 'An invoice has at most 200 lines.' },
  // The unit and the tax rate alone are what an untouched line has.
  isFilled: ({ description, quantity, unitPrice }) =>
    Boolean(description?.trim() || quantity?.trim() || unitPrice?.trim()),
  cells
}

function cells(view: FormView, index: number): Html {
  const name = (cell: string) => `lines.${index}.${cell}`
  return html`${input(view, name('description'), { span: 4 })}
${input(view, name('quantity'), { inputmode: 'decimal', span: 2 })}
${input(view, name('unit'), { span: 1 })}
${input(view, name('unitPrice'), { inputmode: 'numeric', span: 2 })}
${input(view, name('taxRate'), { options: taxRates(view.language), span: 2 })}`
}
