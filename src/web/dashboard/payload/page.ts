import { fieldsOf, problemList } from '../../../form.ts'
import { html } from '../../../html.ts'
import type { Labelled } from '../../../label.ts'
import { type Language, type Sentence, speak } from '../../../language.ts'
import type { Job } from '../../../queue/job.ts'
import type { FormView } from '../../../queue/kind.ts'
import type { Actor } from '../actor.ts'
import { framed } from '../frame.ts'
import { jobPath } from '../job-page.ts'
import { payloadPath } from './path.ts'

const labels: Record<string, Labelled> = {
  email: { label: { ja: 'メールアドレス', en: 'Email address' } },
  language: { label: { ja: '書類とメールの言語', en: 'Language of document and mail' } },
  payload: { label: { ja: '内容（JSON）', en: 'Payload (JSON)' } }
}
const schema = { properties: labels }
const input = fieldsOf(schema)

const formId = 'payload'
/** A line of the text area holds about so much. */
const mostRows = 28

type About = {
  job: Job
  view: FormView
  /** The fencing token of the job when what is edited was read. */
  token: string
  notice?: Sentence | undefined
  actor: Actor | null
}

/** The order of a failed job, to be mended. */
export function payloadPage({ job, view, token, notice, actor }: About): string {
  const { language, values } = view
  const t = speak(language)
  const path = payloadPath(job.id)
  const rows = Math.min(mostRows, (values['payload'] ?? '').split('\n').length + 1)
  const hint = t(
    '注文と同じ規則で確かめます。送信済みと分かっているメールは、もう一度送られません。',
    'It is checked as an order is. A mail that is known to be sent is not sent again.'
  )
  const body = html`<p class="lead">${hint}</p>
${notice && html`<p class="notice" role="alert">${notice[language]}</p>`}
${problemList(view, schema)}
<form method="post" action="${path}" id="${formId}" novalidate>
<input type="hidden" name="token" value="${token}">
<fieldset><legend>${job.kind}</legend><div class="grid">
${input(view, 'email', { type: 'email', span: 8 })}
${input(view, 'language', { span: 4, options: languages })}
${input(view, 'payload', { rows })}
</div></fieldset>
<p class="row-of-buttons"><button class="primary" name="action" value="retry">${t('保存して再実行', 'Save and retry')}</button>
<button name="action" value="">${t('保存だけする', 'Only save')}</button>
<a href="${jobPath(job.id)}">${t('やめる', 'Cancel')}</a></p>
</form>`
  const title = t(`ジョブ ${job.id} の内容を編集`, `Edit the payload of job ${job.id}`)
  return framed({ title, language, body, path, section: '/dashboard/jobs/', actor, formId })
}

const languages: [Language, string][] = [
  ['ja', '日本語'],
  ['en', 'English']
]
