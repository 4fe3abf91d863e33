import { type Html, html } from '../../html.ts'
import { type Language, type Sentence, speak } from '../../language.ts'
import { page } from '../../page.ts'
import { longestName } from './actor.ts'
import { sessionHours } from './session.ts'

export type LoginView = {
  language: Language
  /** The page to go to, as `safePath` gives it. */
  next: string
  name?: string
  notice?: keyof typeof notices
}

const notices = {
  wrong: {
    ja: 'パスワードが違います。もう一度ご入力ください。',
    en: 'That is not the password. Try again.'
  },
  'too many': {
    ja: '誤ったパスワードが続いたため、このアドレスからのログインを止めています。1分ほど待ってから、もう一度お試しください。',
    en: 'There were too many wrong passwords from this address, so no password is looked at for now. Wait for a minute, then try again.'
  },
  nameless: {
    ja: '操作履歴に残すお名前をご入力ください。',
    en: 'Enter your name: the audit log shows who did what.'
  },
  ended: {
    ja: 'ログインの有効期限が切れたため、何もしていません。ログインしてから、もう一度操作してください。',
    en: 'Your session has ended, so nothing was done. Log in, then do it again.'
  },
  out: {
    ja: 'このブラウザーからログアウトしました。',
    en: 'You are logged out in this browser.'
  }
} satisfies Record<string, Sentence>

/** The address of the login page that leads on to another. */
export function loginPath(next: string): string {
  return next ? `/dashboard/login?next=${encodeURIComponent(next)}` : '/dashboard/login'
}

export function loginPage({ language, next, name = '', notice }: LoginView): string {
  const t = speak(language)
  const title = t('管理画面にログイン', 'Log in to the dashboard')
  const body = html`<h1>${title}</h1>
${notice && html`<p class="notice" role="${notice === 'out' ? 'status' : 'alert'}">${notices[notice][language]}</p>`}
<form class="login card" method="post" action="/dashboard/login">
<input type="hidden" name="next" value="${next}">
${nameField(name, language, notice)}
${passwordField(language, notice)}
<p class="submit"><button class="primary">${t('ログイン', 'Log in')}</button></p>
<p class="hint">${t(`${sessionHours}時間で自動的にログアウトします。`, `You stay logged in for ${sessionHours} hours.`)}</p>
</form>`
  return page({ title, language, body, path: loginPath(next) })
}

function nameField(name: string, language: Language, notice: LoginView['notice']): Html {
  const t = speak(language)
  return html`<p><label for="name">${t('お名前', 'Your name')}</label>
<input id="name" name="name" value="${name}" maxlength="${longestName}" required autocomplete="name" aria-describedby="name-hint"${notice === 'nameless' && html` aria-invalid="true"`}>
<span class="hint" id="name-hint">${t('操作履歴に残ります。', 'It is kept in the audit log.')}</span></p>`
}

function passwordField(language: Language, notice: LoginView['notice']): Html {
  return html`<p><label for="password">${speak(language)('パスワード', 'Password')}</label>
<input id="password" name="password" type="password" required autocomplete="current-password"${notice === 'wrong' && html` aria-invalid="true"`}></p>`
}
