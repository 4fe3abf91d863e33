/** What a terminal would obey instead of showing it: controls, and what turns the direction of a text. */
const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes away
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text as a terminal may have it; line breaks stay. */
export const harmless = (text: string) => text.replace(dangerous, ' ')

/** JSON as a terminal may have it: the same document, for what JSON itself leaves as it is can be escaped. */
export const harmlessJson = (document: string) =>
  document.replace(dangerous, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Two columns each: East Asian Wide and Fullwidth (Unicode TR11), and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const widthless = /[\p{M}\p{Default_Ignorable_Code_Point}]/u

function widthOfCharacter(character: string): number {
  if (widthless.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0)
}

/** The text, or its beginning with `…`, in so many columns. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let width = 1
  let kept = ''
  for (const character of text) {
    width += widthOfCharacter(character)
    if (width > columns) break
    kept += character
  }
  return `${kept}…`
}

/** With spaces up to so many columns. */
export const padTo = (text: string, columns: number) =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)))
