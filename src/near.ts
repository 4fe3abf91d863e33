/** The one of the right words that was probably meant: at most two letters are wrong, or only the case. */
export function nearest(word: string, right: string[]): string | undefined {
  const measured = right.map(other => ({
    other,
    far: distance(word.toLowerCase(), other.toLowerCase())
  }))
  const [best] = measured.toSorted((a, b) => a.far - b.far)
  return best && best.far <= Math.min(2, Math.floor(word.length / 3)) ? best.other : undefined
}

/** How many letters to put in, take out or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, changed))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
