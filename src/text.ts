/**
 * Text as it may enter the product, cleaned once at the border.
 *
 * Removed: lone surrogates, C0/C1 controls, and characters that are invisible or reorder what a
 * reader sees (bidi controls can forge a payee or an amount, see Unicode TR36 §2.7), and the marks on one
 * character beyond the 30 that no language needs. Kept: variation
 * selectors (葛󠄀 is written with one) and ZERO WIDTH JOINER (emoji). Text of which nothing would be seen
 * is empty. The result is in NFC, but for the compatibility ideographs, which are forms of names. Tabs and
 * the spaces before the first line are kept only where lines are `indented`, as in Markdown.
 */
export function cleanText(text: string, { multiline = false, indented = false } = {}): string {
  const lines = cleanPart(indented ? text : text.replace(/\t/g, ' '))
  if (markless.test(lines)) return ''
  if (indented) return lines.replace(blankLines, '').trimEnd()
  return (multiline ? lines : lines.replace(/\n+/g, ' ')).trim()
}

/** The same for a part of a text, whose ends and blank lines matter. */
export function cleanPart(text: string): string {
  return text
    .replace(loneSurrogates, '')
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(unwanted, '')
    .replace(endlessMarks, '$1')
    .replace(composable, part => part.normalize('NFC'))
}

/** Full-width letters, digits and signs (１２３ＡＢＣ－) as half-width ones, for codes and numbers. */
export function narrowText(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−]/g, '-')
}

const loneSurrogates = /\p{Surrogate}/gu

/**
 * Normalizing sorts the marks on a character in a time that grows with the square of their number: a form
 * of a megabyte would stop the process for a minute. UAX #15 §13 (Stream-Safe Text) allows 30.
 */
const endlessMarks = /(\p{M}{30})\p{M}+/gu

/** All but the compatibility ideographs: NFC would make U+FA10 塚 (U+585A) and U+FA19 神 (U+795E). */
const composable = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu

/** Nothing but spaces, joiners, selectors, skin tones and the frame of a keycap: paper stays blank. */
const markless = /^[\u20e3\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]*$/u

const blankLines = /^(?:[^\S\n]*\n)+/

// Controls except \n and \t; soft hyphen; Arabic letter mark; Hangul fillers; Mongolian separators; zero-width
// space and non-joiner; bidi marks, embeddings, overrides, isolates; invisible operators; BOM;
// interlinear annotation; noncharacters; language tags.
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: they are meant one by one
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\p{Noncharacter_Code_Point}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu
