import type { Language } from '../language.ts'

const days = {
  ja: new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

/** `2026年4月1日`, `1 April 2026`. */
export function dayText(day: string, language: Language): string {
  return days[language].format(new Date(`${day}T00:00:00Z`))
}
