import type { Language } from '../../../language.ts'

/** `1,234`; or `10,000+` for what nobody counts further. */
export function amount(count: number, language: Language, most = Number.POSITIVE_INFINITY): string {
  return count > most
    ? `${most.toLocaleString(language)}+`
    : Number(count.toPrecision(6)).toLocaleString(language)
}
