import { fieldsOf, idOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import {
  closingFields,
  honorifics,
  issuerFields,
  pictureFields,
  pictureFiles,
  registered,
  taxRates
} from '../../invoice/fields.ts'
import { japanToday } from '../../japan-time.ts'
import { speak } from '../../language.ts'
import type { Fields, FileRule, Form, FormView, Uploads } from '../../queue/kind.ts'
import { uploadIn } from '../../upload.ts'
import { type ColumnName, columnNames, guess, type Mapping } from './column.ts'
import { complaintAbout } from './file.ts'
import { MailMerge } from './schema.ts'
import { readTable } from './table.ts'

const input = fieldsOf(MailMerge)
const file: FileRule = {
  most: 10_000_000,
  accept: '.csv,.tsv,.txt,text/csv',
  check: complaintAbout
}

/** First the file, then which of its columns is what, with all that the invoices have in common. */
export const form: Form = { files: { file, ...pictureFiles }, fields, read, next, edit }

/** A file whose columns the person has not seen yet. */
function isNew(values: Fields) {
  return !values['file.key'] || values['table.key'] !== values['file.key']
}

function next(values: Fields) {
  return isNew(values) ? { ja: '次へ：列を確認する', en: 'Next: check the columns' } : undefined
}

/** Guesses what the columns are; what the person had chosen for an earlier file stays where it can. */
async function edit(values: Fields, action: string | undefined, uploads: Uploads): Promise<Fields> {
  if (action !== 'next') return values
  const table = await readTable(await uploads.read(values['file.key'] ?? ''))
  if ('sentence' in table) return values
  const { header, rows } = table
  const mapping = guess(header, part(values, 'columns') as Mapping)
  const columns = columnNames.map(name => [`columns.${name}`, mapping[name] ?? ''])
  const samples = rows.slice(0, 3).map(({ cells }) => cells.map(cell => cell.slice(0, 60)))
  return {
    ...values,
    ...Object.fromEntries(columns),
    'table.key': values['file.key'] ?? '',
    'table.header': JSON.stringify(header),
    'table.samples': JSON.stringify(samples),
    'table.rows': String(rows.length)
  }
}

function fields(view: FormView): Html {
  const t = speak(view.language)
  const hint = t(
    '1行目は列の名前にしてください。文字コードはUTF-8かシフトJIS、10 MBまでです。',
    'The first row has the names of the columns. UTF-8 or Shift_JIS, up to 10 MB.'
  )
  return html`<fieldset><legend>${t('CSVファイル', 'CSV file')}</legend>
<div class="grid">${input(view, 'file', { file, hint })}</div></fieldset>
${!isNew(view.values) && secondStep(view)}`
}

function secondStep(view: FormView): Html {
  const t = speak(view.language)
  return html`${columnFieldset(view)}
<fieldset><legend>${t('すべての請求書に共通', 'The same on all invoices')}</legend><div class="grid">${common(view)}</div></fieldset>
<fieldset><legend>${t('発行者', 'From')}</legend><div class="grid">${issuerFields(view, input)}</div></fieldset>
<fieldset><legend>${t('ロゴと印影', 'Logo and seal')}</legend><div class="grid">${pictureFields(view, input)}</div></fieldset>
<fieldset><legend>${t('支払いと備考', 'Payment and notes')}</legend><div class="grid">${closingFields(view, input)}</div></fieldset>
<fieldset id="${idOf('rows')}" tabindex="-1"><legend>${t('作成のしかた', 'How to make them')}</legend><div class="grid">${manner(view)}</div></fieldset>`
}

function columnFieldset(view: FormView): Html {
  const { values, language } = view
  const t = speak(language)
  const header = listIn(values['table.header']).map(String)
  const rows = Number(values['table.rows']).toLocaleString('en')
  const lead = t(
    `${rows}行あります。どの列が何かをご確認ください。`,
    `There are ${rows} rows. Check which column is what.`
  )
  const kept = ['table.key', 'table.header', 'table.samples', 'table.rows']
  return html`<fieldset><legend>${t('列の対応', 'Columns')}</legend>
${kept.map(name => html`<input type="hidden" name="${name}" value="${values[name] ?? ''}">`)}
<p>${lead}</p>
${preview(header, listIn(values['table.samples']).filter(Array.isArray))}
<div class="grid">${columnNames.map(name => choice(view, name, header))}</div></fieldset>`
}

/** Looks sideways in its own box, so that the page does not. */
function preview(header: string[], samples: string[][]): Html {
  const rows = samples.map(cells => html`<tr>${cells.map(cell => html`<td>${cell}</td>`)}</tr>`)
  return html`<div class="scroll" tabindex="0"><table class="preview"><thead><tr>${header.map(
    name => html`<th scope="col">${name}</th>`
  )}</tr></thead><tbody>${rows}</tbody></table></div>`
}

const required: ColumnName[] = ['recipientName', 'description', 'unitPrice']

function choice(view: FormView, name: ColumnName, header: string[]): Html {
  const none: [string, string] = ['', speak(view.language)('（列なし）', '(no column)')]
  const options = header.map((column): [string, string] => [column, column])
  const optional = !required.includes(name)
  return input(view, `columns.${name}`, { options: [none, ...options], optional, span: 4 })
}

function common(view: FormView): Html {
  const t = speak(view.language)
  const onlyWithout = t('列がないときに使います。', 'Used where there is no column.')
  return html`${input(view, 'issuedOn', { type: 'date', span: 4, initial: japanToday() })}
${input(view, 'transactionOn', { type: 'date', span: 4, hint: onlyWithout })}
${input(view, 'dueOn', { type: 'date', optional: true, span: 4, hint: onlyWithout })}
${input(view, 'numberPrefix', { optional: true, span: 4, placeholder: '2026-11-', hint: onlyWithout })}
${input(view, 'honorific', { options: honorifics(view.language), span: 4, hint: onlyWithout })}
${input(view, 'taxRate', { options: taxRates(view.language), span: 4, hint: onlyWithout })}`
}

function manner(view: FormView): Html {
  const t = speak(view.language)
  const choices: [string, string][] = [
    ['stop', t('作成せず、エラーを表示する', 'Make nothing and show the errors')],
    ['skip', t('とばして残りを作成する', 'Skip them and make the others')]
  ]
  const outputs: [string, string][] = [
    ['pdf', t('1つのPDF', 'One PDF')],
    ['both', t('1つのPDFと、1件ずつのPDFのZIP', 'One PDF, and a ZIP of single ones')]
  ]
  return html`${input(view, 'onErrors', { options: choices, span: 4 })}
${input(view, 'output', { options: outputs, span: 4 })}`
}

function read(values: Fields) {
  const { numberPrefix, issuedOn, transactionOn, dueOn, honorific, taxRate } = values
  const { rounding, bank, paymentUrl, note, onErrors, output } = values
  return {
    file: uploadIn(values, 'file'),
    columns: part(values, 'columns'),
    ...{ numberPrefix, issuedOn, transactionOn, dueOn, honorific, taxRate },
    issuer: registered(part(values, 'issuer')),
    ...{ logo: uploadIn(values, 'logo'), seal: uploadIn(values, 'seal') },
    ...{ rounding, bank, paymentUrl, note, onErrors, output }
  }
}

function part(values: Fields, prefix: string): Fields {
  const own = Object.entries(values).filter(([name]) => name.startsWith(`${prefix}.`))
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length + 1), value]))
}

/** What the page carries along for itself; whoever changes it only changes what they see. */
function listIn(json: string | undefined): unknown[] {
  try {
    const list: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}
