import { japanTime } from '../japan-time.ts'
import { type Language, speak } from '../language.ts'
import type { NamedEffect } from '../queue/effect.ts'
import type { Job } from '../queue/job.ts'
import type { Kind } from '../queue/kind.ts'
import type { KeptEvent } from '../queue/mail-event.ts'
import { durationText } from './duration.ts'
import type { Attempt, Passage } from './passage.ts'
import type { Patience } from './patience.ts'

/** All that an explanation is made of; times are milliseconds since 1970. */
export type Facts = {
  job: Job
  passages: Passage[]
  effects: NamedEffect[]
  /** What SES has told of its mail, the oldest first. */
  events: KeptEvent[]
  now: number
  /** How many jobs have waited for longer; known of one that waits on the queue. */
  ahead?: number | undefined
  kind: Pick<Kind, 'attemptSeconds' | 'retries'> | undefined
  deadline: number
  patience: Patience
  mostReceives: number
}

/** Sentences about what happened and what is, and about what the operator should do, if anything. */
export type Explanation = { why: string[]; todo: string[] }
export type Explainer = (facts: Facts, tongue: Tongue) => Partial<Explanation>

export type Tongue = ReturnType<typeof openTongue>

/** A language, and how it says durations and times. */
export function openTongue(language: Language, now: number) {
  const today = japanTime(now).slice(0, 10)
  return {
    t: speak(language),
    lasting: (milliseconds: number) => durationText(milliseconds, language),
    /** In Japan; the day only where it is another. */
    at(time: number) {
      const [day = '', clock = ''] = japanTime(time).split(' ')
      const text = day === today ? clock : `${day} ${clock}`
      return language === 'ja' ? text : `${text} JST`
    }
  }
}

export function attemptsOf({ passages }: Facts): Attempt[] {
  return passages.flatMap(passage => ('attempt' in passage ? [passage.attempt] : []))
}

/** The first line of the last error; the frames below it are for the page. */
export const errorOf = ({ job }: Facts) => job.error?.split('\n')[0] ?? ''

/** The worker of an attempt as a name; jobs of an older version have none. */
export const workerOf = ({ begun }: Attempt, { t }: Tongue) =>
  begun.worker ?? t('不明なワーカー', 'an unknown worker')

/** What an attempt is called: its number is that of its count, and an interrupted one shares it with the next. */
export const nameOf = ({ begun }: Attempt, { t }: Tongue) =>
  t(`試行${begun.attempt ?? '?'}`, `attempt ${begun.attempt ?? '?'}`)

/** What to do when the sweep has not come for minutes. */
export const sweepIsDown = (t: Tongue['t']) =>
  t(
    '巡回（sweep）が動いていません。ワーカーのsqsdがcron.yamlを読んでいるか、ワーカーが応答しているかを確かめてください。',
    'The sweep is not running: see whether sqsd of a worker has loaded cron.yaml, and whether workers answer.'
  )
