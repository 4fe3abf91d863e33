import type { Language, Sentence } from '../../../language.ts'
import { mostCounted } from '../../../queue/listing.ts'
import { amount } from './number.ts'
import { roughDuration } from './rough-duration.ts'
import type { Sight } from './sight.ts'

/** A place of the line: how many are there, and a word on them. */
export type Station = {
  name: string
  value: string
  hint: string
  href?: string
  /** Whether what is there should not be there. */
  isBad?: boolean
}

const names: Record<'recorded' | 'queued' | 'inFlight' | 'running' | 'finished', Sentence> = {
  recorded: { ja: '受付済み', en: 'Recorded' },
  queued: { ja: 'キュー', en: 'On the queue' },
  inFlight: { ja: '配信中', en: 'In flight' },
  running: { ja: '作成中', en: 'Running' },
  finished: { ja: '完了', en: 'Finished' }
}

const listOf = (state: string) => `/dashboard/jobs/?state=${state}`

/** The places that a job comes through, in order. */
export function stationsOf(sight: Sight, language: Language): Station[] {
  const t = (sentence: Sentence) => sentence[language]
  const number = (count: number) => amount(count, language, mostCounted)
  const { waiting = 0, retrying = 0, running = 0 } = sight.counts
  const messages = sight.messages instanceof Error ? undefined : sight.messages
  const silent = t({ ja: '応答なし', en: 'no answer' })
  return [
    {
      name: t(names.recorded),
      value: number(waiting),
      hint: waited(sight, language),
      href: listOf('waiting')
    },
    {
      name: t(names.queued),
      value: messages ? number(messages.visible) : '?',
      hint: messages ? later(messages.delayed, language) : silent
    },
    {
      name: t(names.inFlight),
      value: messages ? number(messages.inFlight) : '?',
      hint: messages ? t({ ja: 'sqsd が受信', en: 'taken by sqsd' }) : silent
    },
    {
      name: t(names.running),
      value: number(running),
      hint: t({
        ja: `再試行待ち ${number(retrying)}件`,
        en: `${number(retrying)} to try again`
      }),
      href: listOf('running')
    },
    {
      name: t(names.finished),
      value: number(sight.finishedLately),
      hint: t({ ja: '直近1時間', en: 'in the last hour' }),
      href: listOf('finished')
    }
  ]
}

/** Where a message ends that nobody could take, and a job that could not be done. */
export function sidingsOf(sight: Sight, language: Language): { dead: Station; failed: Station } {
  const t = (sentence: Sentence) => sentence[language]
  const { dead, counts, failedLately } = sight
  const { failed = 0 } = counts
  const lately = amount(failedLately, language, mostCounted)
  const deadHint = {
    error: { ja: '応答なし', en: 'no answer' },
    none: { ja: '設定なし', en: 'none is set' },
    known: { ja: '処理できず', en: 'given up' }
  }
  const known = typeof dead === 'number' ? 'known' : dead === undefined ? 'none' : 'error'
  return {
    dead: {
      name: t({ ja: 'デッドレター', en: 'Dead letters' }),
      value: typeof dead === 'number' ? amount(dead, language) : known === 'none' ? '–' : '?',
      hint: t(deadHint[known]),
      href: '/dashboard/dead-letters/',
      isBad: typeof dead === 'number' && dead > 0
    },
    failed: {
      name: t({ ja: '失敗', en: 'Failed' }),
      value: amount(failed, language, mostCounted),
      hint: t({ ja: `直近1時間 ${lately}件`, en: `${lately} in the last hour` }),
      href: listOf('failed'),
      isBad: failed > 0
    }
  }
}

function waited({ waiting, time }: Sight, language: Language) {
  if (!waiting) return language === 'ja' ? '待ちなし' : 'none waits'
  const age = roughDuration(Math.max(0, time - waiting.since), language)
  return language === 'ja' ? `最長 ${age}` : `oldest: ${age}`
}

function later(delayed: number, language: Language) {
  if (delayed === 0) return language === 'ja' ? '受信待ち' : 'to be taken'
  const count = amount(delayed, language)
  return language === 'ja' ? `ほかに時刻待ち ${count}件` : `and ${count} for later`
}
