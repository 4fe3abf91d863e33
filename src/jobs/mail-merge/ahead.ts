/**
 * Works on `most` items at a time and gives the results in order. No more are begun before a result is
 * taken, so that what comes out faster than it is used does not pile up, and others get their turn.
 */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = []
  for (const item of items) {
    const result = work(item)
    // Whoever takes it sees the error; until then it must not end the process.
    result.catch(() => {})
    begun.push(result)
    if (begun.length >= most) yield await (begun.shift() as Promise<Result>)
  }
  for (const result of begun) yield await result
}

/** Neighbours in groups of at most `size`. */
export function* groupsOf<Item>(items: Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
