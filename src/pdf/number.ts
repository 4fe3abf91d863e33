/** A number as operators have it: a hundredth of a point is finer than any printer. */
export function numeral(value: number): string {
  if (!Number.isFinite(value))
    throw new Error(`A length in a document is ${value}: give finite numbers in points.`)
  return String(Math.round(value * 100) / 100)
}
