import type { Entry } from '../queue/timeline.ts'

/** One attempt of a job: the entry that began it, and the one that ended it, if it has ended. */
export type Attempt = { begun: Entry; ended?: Entry }

/** What happened to a job, one after the other: an attempt, or anything between attempts. */
export type Passage = { attempt: Attempt } | { entry: Entry }

const ends = ['finished', 'retrying', 'postponed', 'handed back', 'released', 'failed', 'given up']

export function passagesOf(entries: Entry[]): Passage[] {
  const passages: Passage[] = []
  let open: Attempt | undefined
  for (const entry of entries) {
    if (open && isEnd(entry)) open.ended = entry
    if (isBeginning(entry)) {
      open = { begun: entry }
      passages.push({ attempt: open })
    } else if (!open || open.ended !== entry) passages.push({ entry })
    if (open?.ended) open = undefined
  }
  return passages
}

const isBeginning = ({ what }: Entry) => what === 'claimed' || what === 'taken over'

const isEnd = ({ what }: Entry) => [...ends, 'taken over', 'cancelled'].includes(what)

/** How long it has taken, in milliseconds; of one that is under way, until now. */
export function tookOf({ begun, ended }: Attempt, now: number): number {
  return ended?.ms ?? Math.max(0, (ended?.at ?? now) - begun.at)
}
