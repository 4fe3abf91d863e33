import { type Html, html } from '../../../html.ts'
import { japanTime } from '../../../japan-time.ts'
import { type Language, speak } from '../../../language.ts'
import type { Actor } from '../actor.ts'
import { framed } from '../frame.ts'
import { charts, type History } from './charts.ts'
import { linePicture } from './line.ts'
import { roughDuration } from './rough-duration.ts'
import type { Sight } from './sight.ts'
import { type Trouble, troublesOf } from './trouble.ts'

/** Without JavaScript; with it, each part is renewed every 5 s. */
const refreshSeconds = 30

/** The parts that change have the attribute `data-part`; /assets/overview.js brings them up to date. */
export function overviewPage(
  sight: Sight,
  history: History,
  actor: Actor | null,
  language: Language
): string {
  const t = speak(language)
  const troubles = troublesOf(sight)
  const body = html`${liveness(sight, language)}
<section data-part="troubles" aria-labelledby="wrong">${troubleList(troubles, sight, language)}</section>
<h2>${t('いまのジョブの流れ', 'The line right now')}</h2>
<section data-part="line" tabindex="-1">${linePicture(sight, language)}</section>
<h2>${t('これまで', 'How it went')}</h2>
<section data-part="charts" tabindex="-1">${charts(history, language)}</section>`
  return framed({
    ...{
      title: t('概要', 'Overview'),
      language,
      body,
      section: '/dashboard/',
      actor,
      refreshSeconds
    },
    path: `/dashboard/?span=${history.span}`,
    script: 'overview.js'
  })
}

/** When the page was brought up to date, and a button that stops it. */
export function liveness({ time }: Pick<Sight, 'time'>, language: Language): Html {
  const t = speak(language)
  const clock = japanTime(time).slice('2026-11-26 '.length)
  return html`<p class="live"><span data-part="time">${t(`${clock} 現在（日本時間）`, `As of ${clock} JST`)}</span>
<button type="button" class="link" id="pause" data-go="${t('更新を再開', 'Go on updating')}" hidden>${t('自動更新を止める', 'Stop updating')}</button></p>
<p class="notice" id="stale" role="status" data-text="${t('更新できません。表示しているのは最後に得られた値です。ページを読み込み直してください。', 'This can’t be brought up to date: what you see is the last that was known. Load the page again.')}"></p>`
}

function troubleList(troubles: Trouble[], sight: Sight, language: Language): Html {
  const t = speak(language)
  const count = troubles.length
  if (count === 0)
    return html`<h2 id="wrong" role="status">${t('問題はありません', 'Nothing is wrong')}</h2>
<p class="hint">${lastSweep(sight, language)}</p>`
  const title = t(
    `問題が${count}件あります`,
    count === 1 ? 'One thing is wrong' : `${count} things are wrong`
  )
  return html`<h2 id="wrong" role="status">${title}</h2>
<ul class="troubles">${troubles.map(trouble => item(trouble, language))}</ul>`
}

function lastSweep({ time, lastSweepAt }: Sight, language: Language) {
  const t = speak(language)
  if (lastSweepAt === undefined)
    return t('最初の sweep はこれからです。', 'The first sweep is still to come.')
  const age = roughDuration(Math.max(0, time - lastSweepAt), language)
  return t(`最後の sweep は${age}前でした。`, `The last sweep was ${age} ago.`)
}

function item({ isGrave, says, remedy, section, link }: Trouble, language: Language): Html {
  const t = speak(language)
  return html`<li${isGrave && html` class="grave"`}><p><strong>${isGrave && t('至急：', 'Urgent: ')}${says[language]}</strong></p>
<p>${remedy[language]} ${link && html`<a href="${link.href}">${link.text[language]}</a>`}</p>
${section && html`<p class="hint">docs/operator.md: <span lang="en">${section}</span></p>`}</li>`
}
