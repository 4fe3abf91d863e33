import { html } from '../html.ts'
import { type Language, type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'

type Text = { title: Sentence; advice: Sentence }

const texts: Record<number, Text> = {
  404: {
    title: { ja: 'ページが見つかりません', en: 'Page not found' },
    advice: {
      ja: 'リンクが正しいか、メールにあるアドレスをもう一度お確かめください。',
      en: 'Check the address: is it the whole link from the mail?'
    }
  },
  410: {
    title: { ja: 'リンクの有効期限が切れています', en: 'This link has expired' },
    advice: {
      ja: 'ファイルの保管期間が過ぎました。必要な場合はもう一度お申し込みください。',
      en: 'The file is no longer kept here. If you need it, please order it again.'
    }
  },
  413: {
    title: { ja: '送信内容が大きすぎます', en: 'That is too large' },
    advice: { ja: '内容を減らして、もう一度送信してください。', en: 'Send less, and try again.' }
  },
  429: {
    title: { ja: 'アクセスが集中しています', en: 'Too many requests' },
    advice: {
      ja: '1分ほど待ってから、もう一度お試しください。',
      en: 'Wait for a minute, then try again.'
    }
  }
}

const other: Text = {
  title: { ja: 'エラーが発生しました', en: 'Something went wrong' },
  advice: {
    ja: 'しばらくしてから、もう一度お試しください。受付済みの仕事が失われることはありません。',
    en: 'Please try again in a while. Jobs that were accepted are safe.'
  }
}

/** Says what is wrong and what to do next. */
export function errorPage(status: number, language: Language): string {
  const t = speak(language)
  const { title, advice } = texts[status] ?? other
  const body = html`<h1>${title[language]}</h1>
<p>${advice[language]}</p>
<p><a class="button" href="/">${t('最初のページへ', 'To the first page')}</a></p>`
  return page({ title: title[language], language, body })
}
