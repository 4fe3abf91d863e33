import { type Language, speak } from '../language.ts'

/** How many characters a warning lists. */
const listed = 20

/** Tells the person which characters no font has. */
export function unprintable(missing: ReadonlySet<string>, language: Language): string {
  const t = speak(language)
  const list = [...missing].slice(0, listed).map(named).join(t('、', ', '))
  const others = missing.size - listed
  const more = others > 0 ? t(` ほか${others}字`, ` and ${others} more`) : ''
  return t(
    `この文字は印刷できないため〓で表しました: ${list}${more}`,
    `These characters can't be printed; 〓 stands for them: ${list}${more}`
  )
}

/** The code point helps where a reader's font lacks the character, too. */
function named(character: string) {
  const code = character.codePointAt(0) as number
  return `${character} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`
}
