import { type Html, html } from '../html.ts'
import { type Language, type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'
import { isTooLate } from '../queue/deadline.ts'
import type { Job } from '../queue/job.ts'
import type { Line } from '../queue/perform.ts'
import type { State } from '../queue/state.ts'
import { stateNames } from '../state.ts'
import { due } from './due.ts'
import type { MailNews } from './mail-trouble.ts'
import { hasResult, orderAgain, result } from './result.ts'
import { advice, late } from './status-text.ts'

const over: State[] = ['finished', 'failed', 'discarded', 'cancelled']
const isOver = ({ state }: Job) => over.includes(state)

/** The page of a job, with what became of its mail where that is known. */
export function statusPage(line: Line, job: Job, language: Language, mail?: MailNews): string {
  const title = line.kinds.find(({ name }) => name === job.kind)?.title[language] ?? job.kind
  const path = `/jobs/${job.token}`
  const body = html`<h1>${title}</h1>
<section id="status"${
    !isOver(job) && html` data-events="${path}/events?lang=${language}"`
  }>${statusPanel(line, job, language, mail)}</section>
<p id="said" class="unseen" role="status"></p>`
  return page({
    title: `${stateNames[job.state][language]}: ${title}`,
    language,
    body,
    path,
    script: 'status.js',
    refreshSeconds: !isOver(job) && 3
  })
}

/** The part of the page that changes; also what the live events carry. */
export function statusPanel(line: Line, job: Job, language: Language, mail?: MailNews): Html {
  const name = stateNames[job.state][language]
  return html`<p class="state state-${job.state}">${name}</p>
${due(job, language)}
${stages(job, language)}
${job.state === 'running' && progressBar(job, name)}
${hasResult(job) ? result(line, job, language, mail) : html`<p>${adviceOn(job)[language]}</p>`}
${isOver(job) && job.state !== 'finished' && orderAgain(line, job, language)}`
}

function adviceOn(job: Job): Sentence {
  return isTooLate(job) ? late : advice[job.state]
}

/** Which of the three steps a job is in; none of them once it has come to nothing. */
const stageOf: Partial<Record<State, number>> = { waiting: 0, running: 1, retrying: 1, finished: 2 }

function stages({ state }: Job, language: Language): Html | false {
  const now = stageOf[state]
  if (now === undefined) return false
  const t = speak(language)
  const isDone = (index: number) => index < now || state === 'finished'
  const making = t('作成', isDone(1) ? 'Made' : 'Being made')
  const names = [t('受付', 'Accepted'), making, t('お届け', 'Ready')]
  return html`<ol class="stages">${names.map(
    (name, index) =>
      html`<li${isDone(index) && html` class="done"`}${index === now && html` aria-current="step"`}>${name}</li>`
  )}</ol>`
}

/** Without a value the bar moves to and fro: it is not known yet how long the work takes. */
function progressBar({ progress }: Job, name: string): Html {
  const value = progress > 0 && html` value="${progress}"`
  return html`<p class="progress"><progress max="100"${value} aria-label="${name}">${progress}%</progress>${
    progress > 0 && html` <span aria-hidden="true">${progress}%</span>`
  }</p>`
}
