import { html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import type { Webhook } from '../../../queue/webhook.ts'
import type { Actor } from '../actor.ts'
import { framed } from '../frame.ts'
import { facts } from '../job-result.ts'
import { deliveriesSection } from './query.ts'

/** The only page that has a secret: right after it was made. */
export function secretPage(webhook: Webhook, actor: Actor | null, language: Language): string {
  const t = speak(language)
  const both = t(
    '24時間は、前の鍵でも署名します。その間に受信側を切り替えてください。',
    'For 24 hours everything is signed with the old one, too: change the receiver meanwhile.'
  )
  const body = html`<p>${t(
    '受信側に設定してください。あとから表示することはできません。',
    'Give it to the receiver. It is not shown again.'
  )}${webhook.old_secret !== null && html` ${both}`}</p>
${facts([
  ['URL', webhook.url],
  [t('署名鍵', 'Secret'), html`<code class="webhook-secret">${webhook.secret}</code>`]
])}
<p><a class="button" href="${deliveriesSection}">${t('一覧へ戻る', 'Back to the deliveries')}</a></p>`
  const title = t('署名鍵', 'The signing secret')
  return framed({
    ...{ title, language, body, actor },
    ...{ path: deliveriesSection, section: deliveriesSection }
  })
}
