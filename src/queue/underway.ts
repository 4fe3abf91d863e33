export type Underway = ReturnType<typeof openUnderway>

/** What goes on when its request has been answered, or has lost its client. A process that stops waits for it. */
export function openUnderway() {
  const all = new Set<Promise<unknown>>()
  return {
    add<Result>(work: Promise<Result>): Promise<Result> {
      const kept = work.finally(() => all.delete(kept))
      all.add(kept)
      return kept
    },

    /** Resolves when nothing is under way any more, whatever became of it. */
    async ended() {
      while (all.size > 0) await Promise.allSettled(all)
    }
  }
}
