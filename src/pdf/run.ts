import { type Face, faceFor, geta, type Weight } from './face.ts'

/** Characters in a row that one face prints. */
export type Run = { face: Face; text: string; codePoints: number[] }

/** Variation selectors choose a form of the character before them (葛󠄀) and take no room. */
const ideographicSelector = /[\u{e0100}-\u{e01ef}]/u

/** What only steers emoji: variation selectors 15 and 16, zero-width joiner, skin tones. */
const emojiControls = /[\ufe00-\ufe0f]|\u200d|[\u{1f3fb}-\u{1f3ff}]/gu

/**
 * Cuts a text where another face has to take over. A character that no face has becomes 〓 and is
 * given to `missing`.
 */
export function toRuns(text: string, weight: Weight, missing?: (character: string) => void): Run[] {
  const runs: Run[] = []
  for (const character of text.replace(emojiControls, '')) {
    const run = runs.at(-1)
    if (run && ideographicSelector.test(character)) {
      run.text += character
      continue
    }
    const { face, shown } = print(character, weight, missing)
    if (run?.face === face) append(run, shown)
    else runs.push(append({ face, text: '', codePoints: [] }, shown))
  }
  return runs
}

/** The width of a text in points. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let thousandths = 0
  for (const { face, codePoints } of toRuns(text, weight))
    for (const codePoint of codePoints) thousandths += face.glyph(codePoint)?.advance ?? 0
  return (thousandths * size) / 1000
}

function print(character: string, weight: Weight, missing?: (character: string) => void) {
  const face = faceFor(character.codePointAt(0) as number, weight)
  if (face) return { face, shown: character }
  missing?.(character)
  return { face: faceFor(geta.codePointAt(0) as number, weight) as Face, shown: geta }
}

function append(run: Run, character: string): Run {
  run.text += character
  run.codePoints.push(character.codePointAt(0) as number)
  return run
}
