import { type Language, type Sentence, speak } from '../../../language.ts'

const done: Record<string, Sentence> = {
  test: { ja: '試験の通知を送ります。', en: 'a test event is on its way.' },
  pause: { ja: '停止しました。', en: 'paused.' },
  resume: {
    ja: '再開しました。停止中に終わったジョブは、次の巡回から通知します。',
    en: 'resumed. The sweep tells it of what has ended meanwhile.'
  },
  remove: { ja: '削除しました。', en: 'removed.' },
  replay: { ja: 'もう一度送ります。', en: 'it is sent again.' },
  nothing: {
    ja: '状態が変わっていたため、何もしていません。',
    en: 'it has changed meanwhile; nothing was done.'
  }
}

/** What the number is of, if not of an endpoint; it may be of either. */
const nouns: Record<string, [string, string]> = {
  replay: ['通知', 'Delivery '],
  nothing: ['', '']
}

/** What was just done, in words, as in `pause-3`; nothing for what no action of ours has written. */
export function notice(text: unknown, language: Language): string | false {
  const [, name = '', id] = /^(\w+)-(\d{1,15})$/.exec(String(text ?? '')) ?? []
  if (!id || !Object.hasOwn(done, name)) return false
  const [ja, en] = nouns[name] ?? ['宛先', 'Endpoint ']
  return speak(language)(`${ja}${id}：${done[name]?.ja}`, `${en}${id}: ${done[name]?.en}`)
}
