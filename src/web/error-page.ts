import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from '../html.ts'
import { type Language, type Sentence, speak } from '../language.ts'
import { page } from '../page.ts'
import { languageOf } from './visitor.ts'

type Text = { title: Sentence; advice: Sentence }

const texts: Record<number, Text> = {
  400: {
    title: { ja: '読み取れないリクエストです', en: 'This request can’t be read' },
    advice: {
      ja: 'アドレスが途中で切れていないかお確かめのうえ、トップページからやり直してください。',
      en: 'Check that the address is whole, or start again from the home page.'
    }
  },
  404: {
    title: { ja: 'ページが見つかりません', en: 'Page not found' },
    advice: {
      ja: 'リンクが正しいか、メールにあるアドレスをもう一度お確かめください。',
      en: 'Check the address: is it the whole link from the mail?'
    }
  },
  408: {
    title: { ja: '送信に時間がかかりすぎました', en: 'That took too long to arrive' },
    advice: {
      ja: '通信状況をお確かめのうえ、もう一度お試しください。',
      en: 'Check your connection, and try again.'
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
  415: {
    title: { ja: '受け取れない形式です', en: 'This form of data is not accepted' },
    advice: {
      ja: 'このアドレスはページのフォームからの送信だけを受け付けます。プログラムからは、APIの /api/jobs/ にJSON（application/json）でお送りください。',
      en: 'This address takes what the form on the page sends. Programs can send JSON (application/json) to the API at /api/jobs/.'
    }
  },
  429: {
    title: { ja: 'アクセスが集中しています', en: 'Too many requests' },
    advice: {
      ja: '1分ほど待ってから、もう一度お試しください。',
      en: 'Wait for a minute, then try again.'
    }
  },
  431: {
    title: {
      ja: 'ブラウザーから届いた情報が大きすぎます',
      en: 'Your browser sent too much along'
    },
    advice: {
      ja: 'このサイトのCookieを削除してから、もう一度お試しください。',
      en: 'Delete the cookies of this site, and try again.'
    }
  },
  503: {
    title: { ja: 'ただいま混み合っています', en: 'Too much to do at once' },
    advice: {
      ja: '数秒待ってから、もう一度お試しください。受付済みのご依頼が失われることはありません。',
      en: 'Wait for some seconds, then try again. Orders that were accepted are safe.'
    }
  }
}

const refused: Text = {
  title: { ja: '受け付けられませんでした', en: 'This was not accepted' },
  advice: {
    ja: '送信内容をお確かめのうえ、トップページからやり直してください。',
    en: 'Check what you sent, or start again from the home page.'
  }
}

const broken: Text = {
  title: { ja: 'エラーが発生しました', en: 'Something went wrong' },
  advice: {
    ja: 'しばらくしてから、もう一度お試しください。受付済みのご依頼が失われることはありません。',
    en: 'Please try again in a while. Orders that were accepted are safe.'
  }
}

export const missingFile: Text = {
  title: { ja: 'ファイルが見つかりません', en: 'The file is missing' },
  advice: {
    ja: '作成した書類が保管場所に見つかりません。お手数ですが、もう一度お申し込みください。',
    en: 'The document is not where it was stored. Please order it again.'
  }
}

/** Answers with a page that says what is wrong and what to do next. */
export function showError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  text: Text = texts[status] ?? (status < 500 ? refused : broken)
) {
  const page = errorPage(text, languageOf(request))
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

/** For a person whose language is not known: a request that can't be read doesn't say. */
export function errorPageInBoth(status: number): string {
  const { title, advice } = texts[status] ?? refused
  const body = html`<h1>${title.ja}</h1>
<p>${advice.ja}</p>
<div lang="en"><h2>${title.en}</h2>
<p>${advice.en}</p></div>
<p><a class="button" href="/">トップページへ · <span lang="en">To the home page</span></a></p>`
  return page({ title: `${title.ja} · ${title.en}`, language: 'ja', body })
}

function errorPage({ title, advice }: Text, language: Language): string {
  const body = html`<h1>${title[language]}</h1>
<p>${advice[language]}</p>
<p><a class="button" href="/">${speak(language)('トップページへ', 'To the home page')}</a></p>`
  return page({ title: title[language], language, body })
}
