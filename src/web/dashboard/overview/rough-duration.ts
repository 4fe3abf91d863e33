import type { Language, Sentence } from '../../../language.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const units: { from: number; length: number; name: Sentence; digits: number }[] = [
  { from: 2 * day, length: day, name: { ja: '日', en: ' days' }, digits: 0 },
  { from: 2 * hour, length: hour, name: { ja: '時間', en: ' h' }, digits: 0 },
  { from: minute, length: minute, name: { ja: '分', en: ' min' }, digits: 0 },
  { from: 10 * second, length: second, name: { ja: '秒', en: ' s' }, digits: 0 },
  { from: second, length: second, name: { ja: '秒', en: ' s' }, digits: 1 }
]

/** `60 ms`, `1.2 s`, `12 min`, `3 h`: as exact as one cares to know; `durationText` has the rest. */
export function roughDuration(milliseconds: number, language: Language): string {
  const unit = units.find(({ from }) => milliseconds >= from)
  if (!unit) return `${Math.round(milliseconds)} ms`
  const number = Number((milliseconds / unit.length).toFixed(unit.digits))
  return `${number}${unit.name[language]}`
}
