import { html } from '../../html.ts'
import { type Language, speak } from '../../language.ts'
import type { Actor } from './actor.ts'
import { framed } from './frame.ts'

/** The dashboard when nobody may come in. */
export const closed = {
  title: { ja: '管理画面は閉じています', en: 'The dashboard is closed' },
  advice: {
    ja: '環境変数 OPERATOR_PASSWORD にパスワードを設定し、ウェブ層を再起動すると開きます（docs/deploy.md）。',
    en: 'Set OPERATOR_PASSWORD, an environment variable of the web tier, and restart it (docs/deploy.md).'
  }
}

/** What a viewer is told who sends a form. */
export function readOnlyPage(actor: Actor, language: Language): string {
  const t = speak(language)
  const title = t('閲覧のみのため、何もしていません', 'You can only read; nothing was done')
  const advice = t(
    '操作するには、いったんログアウトし、運用担当のパスワードでログインしてください。',
    'To act, log out, then log in with the operator’s password.'
  )
  const back = t('管理画面へ', 'To the dashboard')
  const body = html`<p>${advice}</p>
<p><a class="button" href="/dashboard/">${back}</a></p>`
  return framed({ title, language, body, path: '/dashboard/', section: '', actor })
}
