import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import { strange } from '../../../queue/fingerprint.ts'
import type { Job } from '../../../queue/job.ts'
import type { ListedLetter } from '../../../queue/letter-list.ts'
import { type Actor, canAct } from '../actor.ts'
import { framed } from '../frame.ts'
import { facts, payloadText } from '../job-result.ts'
import { payloadPath } from '../payload/path.ts'
import { letterActions } from './group-page.ts'
import { nameOf } from './list-page.ts'
import { groupPath, letterPath, lettersPath } from './path.ts'

/** So much of a body is shown; the table has not much more. */
const mostShown = 4000

/** One message of the dead-letter queue, and what it carries. */
export function letterPage(
  letter: ListedLetter,
  job: Job | undefined,
  actor: Actor | null,
  language: Language
): string {
  const t = speak(language)
  const body = html`<div class="letter-actions">${canAct(actor) && letterActions(letter, language)}</div>
${about(letter, language)}
${job && jobPart(job, actor, language)}
<h2>${t('メッセージの本文', 'Body of the message')}</h2>
<pre class="payload" tabindex="0" role="region" aria-label="${t('メッセージの本文', 'Body of the message')}">${letter.body.slice(0, mostShown)}${letter.body.length > mostShown && '…'}</pre>
<p><a href="${groupPath(letter.fingerprint)}">${t('同じエラーの一覧に戻る', 'Back to those with the same error')}</a></p>`
  return framed({
    ...{ title: t('デッドレター', 'Dead letter'), language, body, actor },
    ...{ path: letterPath(letter.message_id), section: lettersPath }
  })
}

function about(letter: ListedLetter, language: Language): Html {
  const t = speak(language)
  const { message_id, job, receives, sent_at, first_seen_at, last_seen_at, fingerprint } = letter
  const group = { ...letter, isStrange: fingerprint === strange.fingerprint }
  return facts([
    [t('メッセージ', 'Message'), html`<code>${message_id}</code>`],
    [t('ジョブ', 'Job'), job && html`<a href="/dashboard/jobs/${job.id}">${job.id}</a>`],
    [t('種類', 'Kind'), letter.kind],
    [
      t('グループ', 'Group'),
      html`<a href="${groupPath(fingerprint)}">${nameOf(group, language)}</a>`
    ],
    [t('配信された回数', 'Delivered'), t(`${receives}回`, `${receives} times`)],
    [t('送信 (JST)', 'Sent (JST)'), sent_at > 0 && japanTime(sent_at)],
    [t('発見 (JST)', 'Found (JST)'), japanTime(first_seen_at)],
    [t('最後の確認 (JST)', 'Last seen (JST)'), japanTime(last_seen_at)]
  ])
}

function jobPart(job: Job, actor: Actor | null, language: Language): Html {
  const t = speak(language)
  const edit = html`<p><a class="button" href="${payloadPath(job.id)}">${t('内容を編集', 'Edit the payload')}</a></p>`
  return html`${job.error && html`<h2>${t('エラー', 'Error')}</h2><pre class="payload" tabindex="0" role="region" aria-label="${t('エラー', 'Error')}">${job.error}</pre>`}
<h2>${t('内容', 'Payload')}</h2>
${payloadText(job, language)}
${canAct(actor) && edit}`
}
