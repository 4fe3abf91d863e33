import { randomUUID } from 'node:crypto'
import { fieldsOf, problemList } from '../form.ts'
import { type Html, html } from '../html.ts'
import type { Labelled } from '../label.ts'
import { type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'
import type { FormView, Kind } from '../queue/kind.ts'
import { samplePicture } from './sample.ts'

const formId = 'order'

/** The form of a kind, with what was typed, what is wrong with it, and a notice on top. */
export function formPage(kind: Kind, view: FormView, notice?: Sentence): string {
  const { language, values, problems } = view
  const t = speak(language)
  const title = kind.title[language]
  const path = `/new/${kind.name}`
  const next = kind.form.next?.(values)
  const body = html`<div class="order"><div class="order-head"><div><h1>${title}</h1>
<p class="lead">${kind.summary[language]}</p></div>
${samplePicture(kind, language)}</div>
${notice && html`<p class="notice" role="alert" tabindex="-1" autofocus>${notice[language]}</p>`}
${problemList(view, { properties: { ...kind.schema.properties, ...delivery } })}
<form method="post" action="${path}" id="${formId}" novalidate${kind.form.files && html` enctype="multipart/form-data"`}>
<input type="hidden" name="submission" value="${values['submission'] || randomUUID()}">
${problems.length > 0 && html`<input type="hidden" name="checked" value="yes">`}
${kind.form.fields(view)}
${!next && deliveryFieldset(view)}
<p class="submit"><button type="submit" class="primary">${next?.[language] ?? t('この内容で作成する', `Create ${title.toLowerCase()}`)}</button></p>
${!next && html`<p class="hint">${t('送信したあとは、画面を閉じてもメールが届きます。', 'Once it is sent you may close the page: the mail comes all the same.')}</p>`}
</form></div>`
  const shown = problems.length > 0 ? `${t('エラー', 'Error')}: ${title}` : title
  return page({ title: shown, language, path, formId, body, script: 'form.js' })
}

/** What every kind has beside its own fields. */
const delivery: Record<string, Labelled> = {
  email: { label: { ja: 'メールアドレス', en: 'Email address' } },
  language: { label: { ja: '書類とメールの言語', en: 'Language of document and mail' } }
}

const input = fieldsOf({ properties: delivery })

function deliveryFieldset(view: FormView): Html {
  return html`<fieldset>
<legend>${speak(view.language)('お届け先', 'Delivery')}</legend>
<div class="grid">${deliveryFields(view)}</div>
</fieldset>`
}

function deliveryFields(view: FormView): Html {
  const hint = speak(view.language)(
    'できあがりのお知らせをお送りします。',
    'Where we send the link.'
  )
  const languages: [string, string][] = [
    ['ja', '日本語'],
    ['en', 'English']
  ]
  return html`${input(view, 'email', { hint, type: 'email', autocomplete: 'email', span: 8 })}
${input(view, 'language', { span: 4, options: languages })}`
}
