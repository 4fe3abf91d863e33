/** Far beyond any paper; from 1e21 on JavaScript writes exponents, which a PDF can't have. */
const most = 1e9

/** To a hundredth of a point, which is finer than any printer; throws for what is no length. */
export function hundredths(value: number): number {
  if (!(Math.abs(value) <= most))
    throw new Error(`A length in a document is ${value}: give finite numbers in points.`)
  return Math.round(value * 100) / 100
}

/** A number as operators have it. */
export function numeral(value: number): string {
  return String(hundredths(value))
}
