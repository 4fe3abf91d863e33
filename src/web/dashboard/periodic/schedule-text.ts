import { type Language, type Sentence, speak } from '../../../language.ts'
import type { Times } from '../../../queue/periodic.ts'

/** Japan is so far ahead of UTC, in which cron.yaml is written, all the year. */
const ahead = 9
/** With more times a day the expression itself is shorter. */
const mostClocks = 4

const weekdayNames: Sentence[] = [
  { ja: '日', en: 'Sunday' },
  { ja: '月', en: 'Monday' },
  { ja: '火', en: 'Tuesday' },
  { ja: '水', en: 'Wednesday' },
  { ja: '木', en: 'Thursday' },
  { ja: '金', en: 'Friday' },
  { ja: '土', en: 'Saturday' }
]

/** A schedule as people say it, in Japan's time: `daily at 03:30 Japan time`. Nothing for one that takes more words. */
export function scheduleText(times: Times, language: Language): string | undefined {
  if (isDaily(times) && times.hours.size === 24) return withinTheHour(times.minutes, language)
  const clocks = clocksOf(times)
  const days = daysText(times, language)
  if (!days || clocks.length > mostClocks) return undefined
  const list = clocks.join(speak(language)('、', ', '))
  return speak(language)(`${days} ${list}（日本時間）`, `${days} at ${list} Japan time`)
}

const isDaily = ({ days, months, weekdays }: Times) =>
  days.size === 31 && months.size === 12 && weekdays.size === 7

function withinTheHour(minutes: Set<number>, language: Language): string | undefined {
  const t = speak(language)
  const [first = 0] = minutes
  const step = 60 / minutes.size
  if (minutes.size === 60) return t('毎分', 'every minute')
  if (minutes.size === 1) return t(`毎時${first}分`, `hourly at :${String(first).padStart(2, '0')}`)
  const isEven = [...minutes].every((minute, index) => minute === index * step)
  return isEven ? t(`${step}分ごと`, `every ${step} minutes`) : undefined
}

function clocksOf({ hours, minutes }: Times): string[] {
  const two = (number: number) => String(number).padStart(2, '0')
  const clocks = [...hours].flatMap(hour =>
    [...minutes].map(minute => `${two((hour + ahead) % 24)}:${two(minute)}`)
  )
  return clocks.sort()
}

/** On what days in Japan, where it is the day after from 15:00 UTC on. */
function daysText(times: Times, language: Language): string | undefined {
  const t = speak(language)
  const { hours, days, months, weekdays, eitherDay } = times
  if (isDaily(times)) return t('毎日', 'daily')
  const isLater = (hour: number) => hour + ahead >= 24
  const [first = 0] = hours
  if (eitherDay || months.size < 12 || [...hours].some(hour => isLater(hour) !== isLater(first)))
    return undefined
  const shift = isLater(first) ? 1 : 0
  if (days.size === 31)
    return weekdaysText(
      [...weekdays].map(day => (day + shift) % 7),
      language
    )
  const known = [...days].map(day => day + shift).sort((one, other) => one - other)
  if (shift === 1 && Math.max(...days) > 27) return undefined
  return t(`毎月${known.map(day => `${day}日`).join('・')}`, `monthly on day ${known.join(', ')}`)
}

function weekdaysText(days: number[], language: Language) {
  const sorted = days.sort()
  if (sorted.join('') === '12345') return speak(language)('月〜金曜', 'Monday to Friday')
  const names = sorted.map(day => weekdayNames[day]?.[language])
  return speak(language)(`毎週${names.join('・')}曜`, `every ${names.join(', ')}`)
}
