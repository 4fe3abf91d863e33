import type { Database } from '../database.ts'

type Waiting<Item, Result> = {
  item: Item
  resolve(result: Result | Promise<Result>): void
  reject(error: unknown): void
}
/** A result for each item, in their order, or the promise of one; if it throws, all have failed. */
type Work<Item, Result> = (items: Item[]) => Promise<(Result | Promise<Result>)[]>

/** For so long, in milliseconds, the next few wait for those before them: one that hangs holds nobody up. */
const patience = 100

/**
 * Makes work on one of work on few: what comes alone is done at once, and what comes while that is under way
 * goes together next, `most` at a time. So many at the same moment cost little more than one, and one never
 * waits for others to come. With a pause, in milliseconds, the next few also wait until so much time has passed
 * since those before began, or they are `most`.
 */
export function gather<Item, Result>(work: Work<Item, Result>, most: number, pause = 0) {
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false
  let enough = () => {}

  async function workOff() {
    isBusy = true
    while (waiting.length > 0) {
      const all = waiting
      waiting = []
      const paused = timer(pause)
      enough = paused.end
      const starts = Array.from({ length: Math.ceil(all.length / most) }, (_, n) => n * most)
      const works = starts.map(start => doTogether(all.slice(start, start + most)))
      const late = timer(patience)
      await Promise.race([Promise.all(works), late.over])
      late.end()
      if (waiting.length < most) await paused.over
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
      else if (waiting.length >= most) enough()
    })
}

/** Is over after so many milliseconds, or when it is ended. */
function timer(milliseconds: number) {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timeout = milliseconds > 0 ? setTimeout(resolve, milliseconds) : resolve()
  function end() {
    clearTimeout(timeout ?? undefined)
    resolve()
  }
  return { over, end }
}

/** The same for the work of one database, each of which gathers its own. */
export function gatherFor<Item, Result>(
  work: (database: Database, items: Item[]) => Promise<(Result | Promise<Result>)[]>,
  most: number,
  pause = 0
) {
  const all = new WeakMap<Database, (item: Item) => Promise<Result>>()
  return (database: Database, item: Item): Promise<Result> => {
    const add = all.get(database) ?? gather((items: Item[]) => work(database, items), most, pause)
    all.set(database, add)
    return add(item)
  }
}
