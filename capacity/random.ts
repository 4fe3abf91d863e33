import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Numbers from 0 up to but not 1, the same for the same seed. */
export type Random = () => number

export function openRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  return () => uniformFloat64(generator)
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random())
}

/** `variation` is the standard deviation ÷ the mean; with 0, always the mean. */
export function lognormal(random: Random, mean: number, variation: number): number {
  const variance = Math.log(1 + variation ** 2)
  return mean * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2)
}

/** Box and Muller's. */
function normal(random: Random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
