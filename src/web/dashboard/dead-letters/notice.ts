import { type Language, speak } from '../../../language.ts'

/** What was just done, and its numbers. */
type Words = (language: Language, first: string, second: string, third: string) => string

const words: Record<string, Words> = {
  looked: (language, seen, failed, dropped) =>
    speak(language)(
      `キューを調べました：${seen}件を確認、${failed}件のジョブを失敗に、${dropped}件の古いメッセージを削除。2分以内に確認したものは数えていません。`,
      `Looked through the queue: ${seen} seen, ${failed} jobs failed, ${dropped} stale messages dropped. What was seen within two minutes is not counted.`
    ),
  sent: (language, done, moved) =>
    speak(language)(`${done}件を再実行します。`, `${done} sent back. `) + rest(language, moved),
  discarded: (language, done, moved) =>
    speak(language)(`${done}件を破棄しました。`, `${done} discarded. `) + rest(language, moved),
  started: language =>
    speak(language)(
      '再実行を始めました。1分以内に最初の送信があります。',
      'The redrive has begun; its first portion is sent within a minute.'
    ),
  busy: language =>
    speak(language)(
      'このグループの再実行はすでに動いています。',
      'A redrive of this group runs already.'
    ),
  stopped: language => speak(language)('再実行を止めました。', 'The redrive was stopped.'),
  nothing: language =>
    speak(language)(
      '状態が変わっていたため、何もしていません。',
      'It has moved on; nothing was done.'
    )
}

function rest(language: Language, moved: string) {
  if (moved === '' || moved === '0') return ''
  return speak(language)(
    `${moved}件は状態が変わっていたため、何もしていません。`,
    `${moved} had moved on; nothing was done to them.`
  )
}

/** In words; nothing for what no action of ours has written. */
export function notice(done: string, language: Language): string | false {
  const [, what = '', numbers = ''] = /^([a-z]+)((?:-\d{1,6}){0,3})$/.exec(done) ?? []
  const [first = '', second = '', third = ''] = numbers.split('-').slice(1)
  return Object.hasOwn(words, what) && (words[what] as Words)(language, first, second, third)
}
