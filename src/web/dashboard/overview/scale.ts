const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
/** Of each, half is a round figure as well. */
const times = [
  ...[0.1, 0.2, 0.4, 1, 2, 4, 10, 20, 40].map(count => count * second),
  ...[1, 2, 4, 10, 20, 40].map(count => count * minute),
  ...[1, 2, 4, 8, 12].map(count => count * hour),
  ...[1, 2, 4, 8, 20, 40, 100].map(count => count * day)
]

/** Where an axis of times ends, in milliseconds. */
export function topOfTimes(most: number): number {
  return times.find(time => time >= most) ?? most
}

/** Where an axis of counts ends: 2, 4, 6, 8 or 10, and these with zeros. */
export function topOfCounts(most: number): number {
  const power = 10 ** Math.max(0, Math.ceil(Math.log10(Math.max(most, 1))) - 1)
  return Math.max(2, Math.ceil(most / (2 * power)) * 2 * power)
}
