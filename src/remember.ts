/**
 * Gives what `load` gave within the last seconds; whoever asks while it is under way waits for the same. So ten
 * operators who look at once cost one. A failure is not kept.
 */
export function remember<Value>(seconds: number, load: () => Promise<Value>): () => Promise<Value> {
  let last: { value: Promise<Value>; until: number } | undefined
  return () => {
    if (last && performance.now() < last.until) return last.value
    const mine = { value: load(), until: Number.POSITIVE_INFINITY }
    last = mine
    mine.value.then(
      () => {
        mine.until = performance.now() + seconds * 1000
      },
      () => {
        mine.until = 0
      }
    )
    return mine.value
  }
}
