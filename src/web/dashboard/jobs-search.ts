import { type Html, html } from '../../html.ts'
import { type Language, speak } from '../../language.ts'
import { type Asked, jobsPath } from './jobs-query.ts'
import type { JobsView } from './jobs-view.ts'

/** What a list is narrowed by, beside the states. */
export function searchForm(asked: Asked, kinds: string[], language: Language): Html {
  const t = speak(language)
  const { state, kind, from, to, q } = asked
  // Also of kinds that nobody orders, such as webhook: the form must not widen what a link has narrowed.
  const choices = kind === undefined || kinds.includes(kind) ? kinds : [...kinds, kind]
  const isNarrow = [state, kind, from, to, q].some(part => part !== undefined)
  return html`<form class="search" method="get" action="/dashboard/jobs/" role="search">
${state && html`<input type="hidden" name="state" value="${state}">`}
<label class="anything">${t('検索', 'Search')}
<input type="search" name="q" value="${q}" maxlength="200" aria-describedby="search-hint"></label>
<label>${t('種類', 'Kind')}
<select name="kind"><option value="">${t('すべて', 'All')}</option>${choices.map(one => html`<option${one === kind && html` selected`}>${one}</option>`)}</select></label>
${time('from', t('受付日時の始め (JST)', 'Recorded from (JST)'), from)}
${time('to', t('受付日時の終わり (JST)', 'until'), to)}
<button class="primary">${t('絞り込む', 'Show')}</button>
${isNarrow && html`<a href="/dashboard/jobs/">${t('条件を消す', 'Clear')}</a>`}
<p class="hint" id="search-hint">${t(
    'ID、ページのURL、メールアドレス、請求書番号、宛名・件名はそのままの全体で。内容やエラーの文は、その中の言葉で。',
    'An id, the address of a page, a mail address, an invoice number, a customer’s name or a title as a whole; or words of the payload or the error.'
  )}</p>
</form>`
}

function time(name: string, label: string, value: string | undefined) {
  const minute = value?.includes('T') ? value : value && `${value}T00:00`
  return html`<label>${label}\n<input type="datetime-local" name="${name}" value="${minute}"></label>`
}

/** What a search has looked at, and how it goes on: nothing is silently left out. */
export function whatWasSearched(view: JobsView, language: Language): Html | false {
  const { asked, reached, searched } = view
  const t = speak(language)
  if (asked.q === undefined) return false
  const count = searched.toLocaleString('en')
  const words = html`<a href="${jobsPath({ ...asked, by: 'words', before: undefined, after: undefined })}">${t('内容とエラーの中も検索する', 'Search in payloads and errors, too')}</a>`
  return html`<p class="searched" role="status">${asked.by === 'key' ? [byKey(view, language), words] : byWords(count, reached, language)}
${reached !== undefined && html`<a href="${jobsPath(further(asked, reached))}">${t('続きを検索する', 'Search further')}</a>`}</p>`
}

function further(asked: Asked, reached: number): Asked {
  return asked.after ? { ...asked, after: reached } : { ...asked, before: reached }
}

function byKey({ asked, reached }: JobsView, language: Language) {
  const t = speak(language)
  const all = t(
    `ID・アドレス・番号・名前が「${asked.q}」のジョブを、すべての中から検索しました。`,
    `Searched all jobs for those whose id, address, number or name is “${asked.q}”.`
  )
  const some = t(
    `ID・アドレス・番号・名前が「${asked.q}」のジョブが多いため、ジョブ ${reached} まで検索しました。`,
    `There are many jobs whose id, address, number or name is “${asked.q}”: searched them up to job ${reached}.`
  )
  return `${reached === undefined ? all : some} `
}

function byWords(count: string, reached: number | undefined, language: Language) {
  const t = speak(language)
  const some = t(
    `内容・エラー・アドレスの言葉を、${count}件の中で検索しました（ジョブ ${reached} まで）。状態・種類・日時で絞り込むと、より古いものまで届きます。`,
    `Searched ${count} jobs, up to job ${reached}, for words in payload, error and address. Narrowed by state, kind or time, it reaches further back.`
  )
  const all = t(
    `内容・エラー・アドレスの言葉を、条件に合う${count}件すべての中で検索しました。`,
    `Searched all ${count} jobs of these conditions for words in payload, error and address.`
  )
  return `${reached === undefined ? all : some} `
}
