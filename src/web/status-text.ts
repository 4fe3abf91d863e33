import type { Sentence } from '../language.ts'
import type { State } from '../queue/state.ts'
import { dateText } from './date-text.ts'

/** What the person should know or do in each state, in plain words. */
export const advice: Record<State, Sentence> = {
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
    ja: 'できあがりました。ダウンロードしてご確認ください。',
    en: 'It is ready to be downloaded.'
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

export const late: Sentence = {
  ja: '申し訳ありません。期限までに作成できませんでした。内容は保存されています。まだ必要な場合は、もう一度お申し込みください。',
  en: 'We are sorry: it could not be made in time. Your order is kept. If you still need it, please order it again.'
}

export const notMailed: Sentence = {
  ja: '書類はできましたが、お知らせのメールを送れませんでした。こちらからダウンロードできます。',
  en: 'Your document is ready, but we could not send the mail about it. Download it here.'
}

export const done: Sentence = { ja: '完了しました。', en: 'It is done.' }

export function expired(until: Date): Sentence {
  return {
    ja: `ダウンロードの期限（${dateText(until, 'ja')}）が過ぎました。必要な場合は、もう一度お申し込みください。`,
    en: `The file was available until ${dateText(until, 'en')}. If you need it, please order it again.`
  }
}

export function revoked(at: number, until: Date): Sentence {
  const [ja, en] = [dateText(at, 'ja'), dateText(at, 'en')]
  return {
    ja: `${ja}にリンクを無効にしました。ファイルはもう、どなたもダウンロードできません。保管しているファイルは${dateText(until, 'ja')}を過ぎると削除されます。`,
    en: `The link was closed on ${en}. Nobody can download the file any more; the copy that we keep is deleted after ${dateText(until, 'en')}.`
  }
}
