import { durationText } from '../../explain/duration.ts'
import { explain } from '../../explain/explain.ts'
import type { Facts } from '../../explain/facts.ts'
import { type Html, html } from '../../html.ts'
import { japanTime } from '../../japan-time.ts'
import { type Language, speak } from '../../language.ts'
import type { Job } from '../../queue/job.ts'
import type { ListedLetter } from '../../queue/letter-list.ts'
import { stateNames } from '../../state.ts'
import { type Actor, canAct } from './actor.ts'
import { letterPath } from './dead-letters/path.ts'
import { framed } from './frame.ts'
import { effectList, facts as factList, fileList, payloadText } from './job-result.ts'
import { actionsOf } from './job-table.ts'
import { jobTimeline } from './job-timeline.ts'
import { notice } from './jobs-page.ts'
import { queryOf } from './jobs-query.ts'
import { payloadPath } from './payload/path.ts'

/** The address of a job's page; with what was just done, as in `retry-12`. */
export function jobPath(id: number, done?: string): string {
  return `/dashboard/jobs/${id}${queryOf({}, done)}`
}

/** Who looks at it, what was just done, and its message, if that is in the dead-letter queue. */
type Around = { actor: Actor | null; done: string; letter: ListedLetter | undefined }

/** All about one job, for the operator. */
export function jobPage(facts: Facts, { actor, done, letter }: Around, language: Language): string {
  const { job } = facts
  const t = speak(language)
  const body = html`${status(facts, canAct(actor), language)}
${letter && deadLetterLink(letter, language)}
${explanation(facts, language)}
<h2>${t('経過（日本時間）', 'Timeline (JST)')}</h2>
${jobTimeline(facts, language)}
<h2>${t('メールなどの送信', 'Mail and other effects')}</h2>
${effectList(facts, language)}
<h2>${t('ファイル', 'Files')}</h2>
${fileList(job, language)}
<h2>${t('ジョブの記録', 'The row of the job')}</h2>
${row(facts, language)}
<h2>${t('内容', 'Payload')}</h2>
${payloadText(job, language)}`
  return framed({
    ...{ title: t(`ジョブ ${job.id}`, `Job ${job.id}`), language, body, path: jobPath(job.id) },
    ...{ section: '/dashboard/jobs/', actor },
    notice: done && notice(done, language)
  })
}

function status({ job }: Facts, hasActions: boolean, language: Language): Html {
  const t = speak(language)
  return html`<div class="job-head"><p class="state state-${job.state}">${stateNames[job.state][language]}</p>
${hasActions && actionsOf(job, '?from=job', language)}
${hasActions && job.state === 'failed' && html`<a href="${payloadPath(job.id)}">${t('内容を編集', 'Edit the payload')}</a>`}
<a href="/jobs/${job.token}">${t('本人のページ', 'The person’s page')}</a></div>`
}

function deadLetterLink({ message_id }: ListedLetter, language: Language): Html {
  const t = speak(language)
  return html`<p><a href="${letterPath(message_id)}">${t('メッセージはデッドレターキューにあります', 'Its message is in the dead-letter queue')}</a></p>`
}

function explanation(facts: Facts, language: Language): Html {
  const t = speak(language)
  const { why, todo } = explain(facts, language)
  return html`<section class="explanation" aria-labelledby="explained">
<h2 id="explained">${t('説明', 'In words')}</h2>
${why.map(sentence => html`<p>${sentence}</p>`)}
${todo.length > 0 && html`<h3>${t('すること', 'What to do')}</h3><ul>${todo.map(sentence => html`<li>${sentence}</li>`)}</ul>`}
</section>`
}

function row({ job, deadline, now }: Facts, language: Language): Html {
  const t = speak(language)
  const warnings: string[] = JSON.parse(job.warnings ?? '[]')
  return html`${factList([
    [t('種類', 'Kind'), job.kind],
    [t('メール', 'Email'), job.email],
    [t('言語', 'Language'), job.language],
    [t('試行', 'Attempts'), attemptsText(job, language)],
    [t('受付', 'Recorded'), japanTime(job.waiting_at)],
    [t('開始', 'Started'), job.started_at !== null && japanTime(job.started_at)],
    [t('終了', 'Over'), job.finished_at !== null && japanTime(job.finished_at)],
    [t('全体の時間', 'Age'), durationText((job.finished_at ?? now) - job.waiting_at, language)],
    [t('期限', 'Deadline'), Number.isFinite(deadline) && japanTime(deadline)],
    [t('メッセージ', 'Message'), job.sqs_message_id],
    [t('ワーカー', 'Worker'), job.claimed_by?.replace(/\/.*/, '')],
    [t('冪等キー', 'Idempotency key'), job.idempotency_key],
    [t('注意', 'Warnings'), warnings.join(' ')]
  ])}
${job.error && html`<details class="trace" open><summary>${t('最後のエラー', 'Last error')}</summary><pre tabindex="0">${job.error}</pre></details>`}`
}

function attemptsText({ attempts, deaths }: Job, language: Language) {
  if (deaths === 0) return attempts
  return speak(language)(
    `${attempts}（うちワーカー停止 ${deaths}）`,
    `${attempts}, of which ${deaths} ended with the worker’s death`
  )
}
