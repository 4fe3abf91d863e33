import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import type { Progress } from '../../queue/bulk.ts'
import { type Decision, decisionsIn } from '../../queue/decision.ts'
import { mostCounted } from '../../queue/listing.ts'
import { stateNames } from '../../state.ts'
import type { Actor } from './actor.ts'
import { framed } from './frame.ts'
import { type Asked, jobsPath, queryOf } from './jobs-query.ts'
import { amount } from './overview/number.ts'

type Words = { label: Sentence; done: Sentence; about: Sentence }

const words: Record<Decision, Words> = {
  retry: {
    label: { ja: 'すべて再実行', en: 'Retry all' },
    done: { ja: '再実行します', en: 'run again' },
    about: {
      ja: '失敗したジョブを、最初から実行し直します。送信済みと分かっているメールは、もう一度送られません。',
      en: 'The failed jobs begin anew. A mail that is known to be sent is not sent again.'
    }
  },
  discard: {
    label: { ja: 'すべて破棄', en: 'Discard all' },
    done: { ja: '破棄しました', en: 'discarded' },
    about: {
      ja: '元に戻せません。依頼した人のページでは、ファイルも受け取れなくなります。',
      en: 'This can’t be undone. The people’s pages no longer give the files, either.'
    }
  },
  cancel: {
    label: { ja: 'すべて取消', en: 'Cancel all' },
    done: { ja: '取り消しました', en: 'cancelled' },
    about: {
      ja: '元に戻せません。実行中のジョブのメールは、届くことがあります。',
      en: 'This can’t be undone. The mail of a job at work may still arrive.'
    }
  }
}

export type Confirmation = {
  action: Decision
  asked: Asked
  /** How many there are; more than `mostCounted` means more than that. */
  count: number
  /** Whether a search has given up before it had seen them all. */
  isOpen: boolean
  /** Jobs recorded later are left alone. */
  before: number | undefined
  actor: Actor | null
}

/** What may be done with all jobs that a list has, on all its pages. */
export function bulkLinks(asked: Asked, language: Language): Html | false {
  const possible = asked.state && decisionsIn[asked.state]
  if (!possible) return false
  const links = possible.map(
    action => html`<a href="${bulkPath(action, asked)}">${words[action].label[language]}…</a>`
  )
  return html`<p class="bulk-links">${links}</p>`
}

/** Says what would be done to how many, and asks. */
export function confirmPage(about: Confirmation, language: Language): string {
  const { action, asked, count, isOpen, before } = about
  const t = speak(language)
  const number = amount(count, language, mostCounted)
  const [many, open] = [
    t(`${number}件`, `${number} ${count === 1 ? 'job' : 'jobs'}`),
    t(
      `${number}件以上（残りは実行しながら検索します）`,
      `${number} or more (the rest is searched for as it goes)`
    )
  ]
  const body = html`<p>${t('次の条件に合うジョブ：', 'The jobs of these conditions: ')}<b>${isOpen ? open : many}</b></p>
${conditions(asked, language)}
<p>${words[action].about[language]}</p>
<p class="hint">${t('今より後に受け付けたジョブは対象外です。途中で止められ、状態が変わっていたジョブには何もしません。', 'Jobs recorded from now on are left alone. It can be stopped on the way, and does nothing to a job that has moved on.')}</p>
${continuation(about, { done: 0, moved: 0, ...(before && { before }) }, `${words[action].label[language]} (${isOpen ? `${number}+` : number})`)}
<p><a href="${listOf(asked)}">${t('やめて一覧に戻る', 'Back to the list')}</a></p>`
  return bulkFrame(about, body, language)
}

/** How far it has come. Its script presses the button; without scripts, people do. */
export function progressPage(about: Confirmation, progress: Progress, language: Language): string {
  const { count, isOpen } = about
  const t = speak(language)
  const over = progress.done + progress.moved
  const isCounted = !isOpen && count <= mostCounted
  const body = html`<p role="status">${progressText(about, progress, language)}</p>
<progress${isCounted && html` max="${Math.max(count, over)}" value="${over}"`} aria-label="${t('進み具合', 'Progress')}"></progress>
${continuation(about, progress, t('続ける', 'Go on'), true)}
<p><a href="${listOf(about.asked)}">${t('ここで止める', 'Stop here')}</a></p>`
  return bulkFrame(about, body, language, 'go-on.js')
}

/** It is through. */
export function resultPage(about: Confirmation, progress: Progress, language: Language): string {
  const t = speak(language)
  const body = html`<p class="notice" role="status">${t('終わりました。', 'Done. ')}${progressText(about, progress, language)}</p>
<p><a class="button" href="${listOf(about.asked)}">${t('一覧に戻る', 'Back to the list')}</a></p>`
  return bulkFrame(about, body, language)
}

function progressText({ action }: Confirmation, { done, moved }: Progress, language: Language) {
  const t = speak(language)
  const [count, others] = [done.toLocaleString('en'), moved.toLocaleString('en')]
  const acted = t(
    `${count}件を${words[action].done.ja}。`,
    `${count} ${done === 1 ? 'job' : 'jobs'}: ${words[action].done.en}. `
  )
  const left = t(
    `${others}件は状態が変わっていたため、何もしていません。`,
    `${others} had moved on; nothing was done to them.`
  )
  return moved > 0 ? acted + left : acted
}

/** All that goes on is in the form: whichever web tier gets it, it knows where to go on. */
function continuation(about: Confirmation, progress: Progress, label: string, goesOn = false) {
  const { action, asked, count, isOpen } = about
  const fields = { ...progress, count, open: Number(isOpen) }
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`
  )
  return html`<form method="post" action="${bulkPath(action, asked)}"${goesOn && html` data-go-on`}>${hidden}<button class="primary">${label}</button></form>`
}

function conditions({ state, kind, from, to, q, by }: Asked, language: Language) {
  const t = speak(language)
  const how =
    by === 'words'
      ? t('内容・エラーの言葉', 'words in the text')
      : t('ID・番号・名前など', 'id, number, name …')
  const rows: [string, string | undefined][] = [
    [t('状態', 'State'), state && stateNames[state][language]],
    [t('種類', 'Kind'), kind],
    [
      t('受付 (JST)', 'Recorded (JST)'),
      (from || to) && `${from ?? ''} – ${to ?? ''}`.replaceAll('T', ' ')
    ],
    [t('検索', 'Search'), q && `${q} (${how})`]
  ]
  return html`<dl class="conditions">${rows.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function bulkFrame(
  { action, asked, actor }: Confirmation,
  body: Html,
  language: Language,
  script?: string
) {
  const title = words[action].label[language]
  const path = bulkPath(action, asked)
  return framed({
    ...{ title, language, body, path, actor },
    section: '/dashboard/jobs/',
    ...(script && { script })
  })
}

function bulkPath(action: Decision, asked: Asked) {
  return `/dashboard/jobs/bulk/${action}${queryOf(wholeOf(asked))}`
}

const listOf = (asked: Asked) => jobsPath(wholeOf(asked))

function wholeOf({ before: _, after: __, ...list }: Asked): Asked {
  return list
}
