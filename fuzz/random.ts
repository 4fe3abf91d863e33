import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Choices that are the same for the same seed. */
export type Random = {
  /** A whole number from 0 up to but not `count`. */
  below(count: number): number
  pick<Item>(items: readonly Item[]): Item
  /** True once in so many times. */
  oneIn(count: number): boolean
}

export function openRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  const below = (count: number) => (count <= 1 ? 0 : uniformInt(generator, 0, count - 1))
  return {
    below,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    oneIn: count => below(count) === 0
  }
}
