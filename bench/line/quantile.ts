/** The value below which such a share of some numbers is. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  return sorted[place] ?? Number.NaN
}
