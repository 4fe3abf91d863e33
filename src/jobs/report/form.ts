import { fieldsOf } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { speak } from '../../language.ts'
import type { Fields, Form, FormView } from '../../queue/kind.ts'
import { uploadIn } from '../../upload.ts'
import { picture, pictureFiles, pictureNames } from './picture.ts'
import { ReportOrder } from './schema.ts'
import { markdownFile } from './source.ts'

const input = fieldsOf(ReportOrder)

export const form: Form = { files: { file: markdownFile, ...pictureFiles }, fields, read }

function fields(view: FormView): Html {
  const t = speak(view.language)
  return html`<fieldset><legend>${t('表紙', 'Cover')}</legend>
<div class="grid">${cover(view)}</div></fieldset>
<fieldset><legend>${t('本文', 'Text')}</legend><div class="grid">${text(view)}</div></fieldset>
<fieldset><legend>${t('画像', 'Pictures')}</legend>${pictures(view)}</fieldset>`
}

function cover(view: FormView): Html {
  return html`${input(view, 'title')}
${input(view, 'subtitle', { optional: true })}
${input(view, 'organisation', { optional: true, span: 8, autocomplete: 'organization' })}
${input(view, 'author', { optional: true, span: 4, autocomplete: 'name' })}
${input(view, 'date', { type: 'date', optional: true, span: 4 })}`
}

function text(view: FormView): Html {
  const t = speak(view.language)
  const hint = t(
    '見出し（#）から目次としおりを作ります。表、箇条書き、コード、脚注（[^1]）も使えます。',
    'Headings (#) become contents and bookmarks. Tables, lists, code and footnotes ([^1]) work, too.'
  )
  const fileHint = t('本文を入力する代わりに選べます。', 'Instead of entering the text.')
  return html`${input(view, 'text', { hint, rows: 16 })}
${input(view, 'file', { hint: fileHint, file: markdownFile, optional: true })}`
}

function pictures(view: FormView): Html {
  const t = speak(view.language)
  const lead = t(
    '本文に「![説明](ファイル名)」と書いた場所に入ります。PNGかJPEG、1点2 MBまで。',
    'Each stands where the text has ![what it shows](name of its file). PNG or JPEG, up to 2 MB each.'
  )
  return html`<p>${lead}</p>
<div class="grid">${pictureNames.map(name => input(view, name, { file: picture, optional: true }))}</div>`
}

function read(values: Fields) {
  const { title, subtitle, organisation, author, date, text } = values
  const files = ['file', ...pictureNames].map(name => [name, uploadIn(values, name)])
  return { title, subtitle, organisation, author, date, text, ...Object.fromEntries(files) }
}
