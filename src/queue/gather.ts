type Waiting<Item, Result> = {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Makes work on one of work on few: what comes alone is done at once, and what comes while that is under way
 * goes together next, `most` at a time. So many at the same moment cost little more than one, and one never
 * waits for others to come. `work` gives a result for each item, in their order; if it throws, all have failed.
 */
export function gather<Item, Result>(work: (items: Item[]) => Promise<Result[]>, most: number) {
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false

  async function workOff() {
    isBusy = true
    while (waiting.length > 0) {
      const all = waiting
      waiting = []
      const starts = Array.from({ length: Math.ceil(all.length / most) }, (_, n) => n * most)
      await Promise.all(starts.map(start => doTogether(all.slice(start, start + most))))
    }
    isBusy = false
  }

  async function doTogether(few: Waiting<Item, Result>[]) {
    try {
      const results = await work(few.map(({ item }) => item))
      for (const [index, { resolve }] of few.entries()) resolve(results[index] as Result)
    } catch (error) {
      for (const { reject } of few) reject(error)
    }
  }

  return (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isBusy) void workOff()
    })
}
