/**
 * Controls, lone surrogates, joiners, emoji and Mongolian selectors, skin tones, the frame of a keycap
 * (1️⃣ is 1): they have no form of their own on paper.
 */
const formless =
  /[\p{Cc}\p{Cs}\ufe0e\ufe0f\u180b-\u180f\u20e3\u{1f3fb}-\u{1f3ff}[\p{Default_Ignorable_Code_Point}--\p{Variation_Selector}]]/v

/** Tabs and the many widths of space, but for the ideographic and the no-break one: fonts rarely have them. */
const space = /[[\t\p{Z}]--[ \u00a0\u3000]]/v

const selector = /\p{Variation_Selector}/u

/** What becomes of a character before it is set. */
export const [isPlain, isNothing, isAnySpace, isSelector] = [1, 2, 3, 4]

const fates = new Uint8Array(65_536)

export function fateOf(code: number): number {
  const known = code < 65_536 ? (fates[code] as number) : 0
  if (known) return known
  const found = judge(String.fromCodePoint(code))
  if (code < 65_536) fates[code] = found
  return found
}

function judge(character: string) {
  if (space.test(character)) return isAnySpace
  if (formless.test(character)) return isNothing
  return selector.test(character) ? isSelector : isPlain
}
