import type { Language } from '../language.ts'

/** `2026年11月23日`, `November 23, 2026`: the day that it is in Japan. */
export function dateText(time: Date | number, language: Language): string {
  return new Date(time).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'Asia/Tokyo' })
}
