/** The two languages of pages, mails and documents. */
export type Language = 'ja' | 'en'

/** A text in every language we speak. */
export type Sentence = Record<Language, string>

/** Picks one of two texts: `const t = speak('en')`, then `t('発行日', 'Issue date')`. */
export function speak(language: Language) {
  return (ja: string, en: string) => (language === 'ja' ? ja : en)
}

/** The language a person prefers, from an `Accept-Language` header (RFC 9110 §12.5.4). */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map(range => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
      const quality = parameters.map(p => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean)
      return { tag: tag.slice(0, 2), quality: Number(quality ?? 1) }
    })
    .filter(({ tag, quality }) => quality > 0 && (tag === 'ja' || tag === 'en'))
    .sort((a, b) => b.quality - a.quality)
  return ranked[0]?.tag === 'en' ? 'en' : 'ja'
}
