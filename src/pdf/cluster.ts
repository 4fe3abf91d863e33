/**
 * Controls, lone surrogates, joiners, emoji and Mongolian selectors, skin tones, the frame of a keycap
 * (1️⃣ is 1): they have no form of their own on paper.
 */
const formless =
  /[\p{Cc}\p{Cs}\ufe0e\ufe0f\u180b-\u180f\u20e3\u{1f3fb}-\u{1f3ff}[\p{Default_Ignorable_Code_Point}--\p{Variation_Selector}]]/gv

/** The many widths of space, but for the ideographic and the no-break one: fonts rarely have them. */
const space = /[\p{Zs}--[\u00a0\u3000]]/gv

/** A character and the selector of its variant: 葛󠄀 is U+845B U+E0100 (Unicode UTS #37). */
const cluster = /\P{Variation_Selector}\p{Variation_Selector}?/gu

/** The characters of a text that are drawn, each with its selector. */
export function clustersOf(text: string): string[] {
  return text.replace(formless, '').replace(space, ' ').match(cluster) ?? []
}
