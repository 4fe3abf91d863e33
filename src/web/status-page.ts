import { extname } from 'node:path'
import { type Html, html } from '../html.ts'
import { type Language, type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'
import { isTooLate } from '../queue/deadline.ts'
import { filesOf } from '../queue/file.ts'
import type { Job } from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import type { State } from '../queue/state.ts'
import { stateNames } from '../state.ts'
import { sizeText } from '../upload.ts'
import { due } from './due.ts'
import { expiresAt, filePath, isExpired } from './link.ts'

/** What the person should know or do in each state, in plain words. */
const advice: Record<State, Sentence> = {
  waiting: {
    ja: '受け付けました。順番が来しだい作成を始めます。このページは閉じていただいてもかまいません。',
    en: 'We have your order and start as soon as it is its turn. You may close this page.'
  },
  running: {
    ja: '作成しています。できあがったらメールでもお知らせします。',
    en: 'We are making it. You will also get a mail when it is ready.'
  },
  retrying: {
    ja: '一時的な問題が起きたため、まもなく自動でやり直します。操作は必要ありません。',
    en: 'There was a passing problem. We try again by ourselves; you need not do anything.'
  },
  finished: {
    ja: 'できあがりました。下のボタンからダウンロードできます。',
    en: 'It is ready. Download it with the button below.'
  },
  failed: {
    ja: '申し訳ありません。作成できませんでした。内容は保存されており、担当者が確認します。お急ぎの場合は、もう一度お申し込みください。',
    en: 'We are sorry: it could not be made. Your order is kept and an operator will look at it. If it is urgent, please order it again.'
  },
  discarded: {
    ja: 'このご依頼は担当者によって破棄されました。必要な場合は、もう一度お申し込みください。',
    en: 'An operator has discarded this order. If you still need it, please order it again.'
  },
  cancelled: {
    ja: 'このご依頼は取り消されました。必要な場合は、もう一度お申し込みください。',
    en: 'This order was cancelled. If you still need it, please order it again.'
  }
}

const late: Sentence = {
  ja: '申し訳ありません。期限までに作成できませんでした。内容は保存されています。まだ必要な場合は、もう一度お申し込みください。',
  en: 'We are sorry: it could not be made in time. Your order is kept. If you still need it, please order it again.'
}

function adviceOn(job: Job): Sentence {
  return isTooLate(job) ? late : advice[job.state]
}

const done: Sentence = { ja: '完了しました。', en: 'It is done.' }

function expired(until: Date): Sentence {
  return {
    ja: `ダウンロードの期限（${date(until, 'ja')}）が過ぎました。必要な場合は、もう一度お申し込みください。`,
    en: `The file was available until ${date(until, 'en')}. If you need it, please order it again.`
  }
}

const over: State[] = ['finished', 'failed', 'discarded', 'cancelled']
const isOver = ({ state }: Job) => over.includes(state)

export function statusPage(line: Line, job: Job, language: Language): string {
  const title = line.kinds.find(({ name }) => name === job.kind)?.title[language] ?? job.kind
  const body = html`<h1>${title}</h1>
<section id="status" aria-live="polite"${
    !isOver(job) && html` data-events="/jobs/${job.token}/events?lang=${language}"`
  }>${statusPanel(line, job, language)}</section>`
  const path = `/jobs/${job.token}`
  const shown = `${stateNames[job.state][language]}: ${title}`
  return page({
    title: shown,
    language,
    body,
    path,
    script: 'status.js',
    refreshSeconds: !isOver(job) && 3
  })
}

const notMailed: Sentence = {
  ja: '書類はできましたが、お知らせのメールを送れませんでした。下のボタンからダウンロードできます。',
  en: 'Your document is ready, but we could not send the mail about it. Download it with the button below.'
}

/** The part of the page that changes; also what the live events carry. */
export function statusPanel(line: Line, job: Job, language: Language): Html {
  const name = stateNames[job.state][language]
  return html`<p class="state state-${job.state}">${name}</p>
${due(job, language)}
${job.state === 'running' && progressBar(job, name)}
${hasResult(job) ? result(line, job, language) : html`<p>${adviceOn(job)[language]}</p>`}
${isOver(job) && job.state !== 'finished' && orderAgain(job, language)}`
}

/** Without a value the bar moves to and fro: it is not known yet how long the work takes. */
function progressBar({ progress }: Job, name: string): Html {
  const value = progress > 0 && html` value="${progress}"`
  return html`<progress max="100"${value} aria-label="${name}">${progress}%</progress>`
}

/** A job whose mail was refused has failed, but its document is there. */
function hasResult({ state, file_name }: Job) {
  return state === 'finished' || (state === 'failed' && file_name !== null)
}

function result({ config }: Line, job: Job, language: Language): Html {
  const until = expiresAt(config, job)
  if (!job.file_name || !until) return html`<p>${done[language]}</p>${warningList(job, language)}`
  if (isExpired(config, job))
    return html`<p>${expired(until)[language]}</p>${orderAgain(job, language)}`
  const sentence = job.state === 'failed' ? notMailed : advice.finished
  return html`<p>${sentence[language]}</p>
${fileLink(job, until, language)}${warningList(job, language)}`
}

function fileLink(job: Job, until: Date, language: Language): Html {
  const t = speak(language)
  const files = filesOf(job)
  const only = files.length === 1 && t('ダウンロード', 'Download')
  const links = files.map(
    ({ name, bytes }, index) =>
      html`<p class="file"><a class="button${index === 0 && html` primary`}" href="/jobs/${job.token}/${filePath(index)}" download>${only || downloadOf(name, language)}</a>
<span class="file-name">${name}</span> <span class="file-size">${sizeText(bytes)}</span></p>`
  )
  return html`${links}
<p class="hint">${t(`${date(until, 'ja')}までダウンロードできます。`, `Available until ${date(until, 'en')}.`)}</p>`
}

/** Buttons beside each other tell which one is which. */
function downloadOf(file: string, language: Language) {
  const form = extname(file).slice(1).toUpperCase()
  return speak(language)(`${form}をダウンロード`, `Download ${form}`)
}

function orderAgain({ kind }: Job, language: Language): Html {
  const label = speak(language)('もう一度申し込む', 'Order again')
  return html`<p><a class="button" href="/new/${kind}">${label}</a></p>`
}

function warningList({ warnings }: Job, language: Language): Html | false {
  const list: string[] = JSON.parse(warnings ?? '[]')
  if (list.length === 0) return false
  const heading = speak(language)('ご確認ください', 'Please note')
  return html`<section class="warnings"><h2>${heading}</h2><ul>${list.map(text => html`<li>${text}</li>`)}</ul></section>`
}

function date(time: Date, language: Language) {
  return time.toLocaleDateString(language, { dateStyle: 'long', timeZone: 'Asia/Tokyo' })
}
