import { type Language, speak } from '../language.ts'

/** How long something took, in its two largest units: `0.3 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(milliseconds: number, language: Language): string {
  const t = speak(language)
  const units = { d: t('日', ' d'), h: t('時間', ' h'), min: t('分', ' min'), s: t('秒', ' s') }
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)}${units.s}`
  const whole = Math.round(seconds)
  const pair = (first: number, name: keyof typeof units, rest: number, next: keyof typeof units) =>
    `${first}${units[name]}${rest > 0 ? `${t('', ' ')}${rest}${units[next]}` : ''}`
  if (whole < 60) return `${whole}${units.s}`
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's')
  const minutes = Math.floor(whole / 60)
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return pair(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h')
}
