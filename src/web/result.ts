import { extname } from 'node:path'
import { type Html, html } from '../html.ts'
import { type Language, speak } from '../language.ts'
import { expiresAt, filePath, isExpired } from '../link.ts'
import { filesOf } from '../queue/file.ts'
import type { Job } from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import { sizeText } from '../upload.ts'
import { dateText } from './date-text.ts'
import { linkPanel, masked } from './link-panel.ts'
import { type MailNews, mailTroubleText } from './mail-trouble.ts'
import { previewed } from './preview.ts'
import { advice, done, expired, notMailed, revoked } from './status-text.ts'

/** A job whose mail was refused has failed, but its document is there. */
export function hasResult({ state, file_name }: Job) {
  return state === 'finished' || (state === 'failed' && file_name !== null)
}

/** What came out: the document with a picture of it, or why it is not to be had any more. */
export function result(
  line: Line,
  job: Job,
  language: Language,
  { again, trouble }: MailNews = { again: [] }
): Html {
  const until = expiresAt(line.config, job)
  if (!job.file_name || !until) return html`<p>${done[language]}</p>${warningList(job, language)}`
  if (job.revoked_at)
    return html`<p>${revoked(job.revoked_at, until)[language]}</p>${orderAgain(line, job, language)}`
  if (isExpired(line.config, job))
    return html`<p>${expired(until)[language]}</p>${orderAgain(line, job, language)}`
  const sentence = job.state === 'failed' ? notMailed : advice.finished
  return html`<div class="result"><div class="get"><p>${sentence[language]}</p>
${trouble && mailTroubleText(trouble, { to: masked(job.email), kind: job.kind }, language)}
${fileLinks(job, until, language)}${warningList(job, language)}</div>
${previewed(job) && preview(job, language)}
${linkPanel(job, until, language, again)}</div>`
}

/** As tall as A4, so that nothing moves when the picture comes. */
function preview({ token }: Job, language: Language): Html {
  const name = speak(language)('できあがった書類の1ページ目', 'The first page of your document')
  return html`<figure class="first-page"><img src="/jobs/${token}/preview.png" width="340" height="481" alt="${name}"></figure>`
}

function fileLinks(job: Job, until: Date, language: Language): Html {
  const t = speak(language)
  const files = filesOf(job)
  const only = files.length === 1 && t('ダウンロード', 'Download')
  const links = files.map(
    ({ name, bytes }, index) =>
      html`<p class="file"><a class="button${index === 0 && html` primary`}" href="/jobs/${job.token}/${filePath(index)}" download>${only || downloadOf(name, language)}</a>
<span class="file-name">${name}</span> <span class="file-size">${sizeText(bytes)}</span></p>`
  )
  const [ja, en] = [dateText(until, 'ja'), dateText(until, 'en')]
  return html`${links}
<p class="hint">${t(`${ja}までダウンロードできます。`, `Available until ${en}.`)}</p>`
}

/** Buttons beside each other tell which one is which. */
function downloadOf(file: string, language: Language) {
  const form = extname(file).slice(1).toUpperCase()
  return speak(language)(`${form}をダウンロード`, `Download ${form}`)
}

/** Nothing for what has no form. */
export function orderAgain({ kinds }: Line, { kind }: Job, language: Language): Html | false {
  if (!kinds.some(({ name }) => name === kind)) return false
  const label = speak(language)('もう一度申し込む', 'Order again')
  return html`<p><a class="button" href="/new/${kind}">${label}</a></p>`
}

function warningList({ warnings }: Job, language: Language): Html | false {
  const list: string[] = JSON.parse(warnings ?? '[]')
  if (list.length === 0) return false
  const heading = speak(language)('ご確認ください', 'Please note')
  return html`<section class="warnings"><h2>${heading}</h2><ul>${list.map(text => html`<li>${text}</li>`)}</ul></section>`
}
