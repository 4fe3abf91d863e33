import type { Sentence } from '../language.ts'

/** What is wrong, and what to do. */
export type Text = { title: Sentence; advice: Sentence }

export const texts: Record<number, Text> = {
  400: {
    title: { ja: '読み取れないリクエストです', en: 'This request can’t be read' },
    advice: {
      ja: 'アドレスが途中で切れていないかお確かめのうえ、トップページからやり直してください。',
      en: 'Check that the address is whole, or start again from the home page.'
    }
  },
  403: {
    title: { ja: '送信元を確認できませんでした', en: 'This was sent from another site' },
    advice: {
      ja: '安全のため、ほかのサイトからの送信は受け付けていません。このサイトのページを開いて、もう一度送信してください。',
      en: 'To keep you safe, nothing is accepted from other sites. Open the page here and send it again.'
    }
  },
  404: {
    title: { ja: 'ページが見つかりません', en: 'Page not found' },
    advice: {
      ja: 'アドレスが正しいか、お確かめください。',
      en: 'Check the address, or start again from the home page.'
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
      ja: 'ファイルの保管期間が過ぎたため、ダウンロードできません。必要な場合は、もう一度お申し込みください。',
      en: 'The file is no longer kept, so it can’t be downloaded. If you need it, please order it again.'
    }
  },
  413: {
    title: { ja: '送信内容が大きすぎます', en: 'That is too large' },
    advice: {
      ja: 'ブラウザーの「戻る」で入力画面に戻り、ファイルを小さくするか内容を減らして、もう一度送信してください。',
      en: 'Go back in your browser, choose a smaller file or write less, and send it again.'
    }
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

export const refused: Text = {
  title: { ja: '受け付けられませんでした', en: 'This was not accepted' },
  advice: {
    ja: '送信内容をお確かめのうえ、トップページからやり直してください。',
    en: 'Check what you sent, or start again from the home page.'
  }
}

export const broken: Text = {
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

export const missingJob: Text = {
  title: { ja: 'ご依頼が見つかりません', en: 'There is no such order' },
  advice: {
    ja: 'メールにあるアドレスが途中で切れていないか、お確かめください。保管期間を過ぎたご依頼は削除されています。必要な場合は、もう一度お申し込みください。',
    en: 'Check that the address is the whole link from the mail. Old orders are deleted after a while; if you still need the document, please order it again.'
  }
}

export const revokedLink: Text = {
  title: { ja: 'このリンクは無効になっています', en: 'This link was closed' },
  advice: {
    ja: 'このファイルへのリンクは、依頼した方によって無効にされました。必要な場合は、もう一度お申し込みください。',
    en: 'Whoever ordered the file has closed the link to it. If you need it, please order it again.'
  }
}
