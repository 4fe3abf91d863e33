import { setTimeout as wait } from 'node:timers/promises'
import { openProgress } from './progress.ts'

const pauseMilliseconds = 500

type Terms<Seen> = {
  look(): Promise<Seen>
  isOver(seen: Seen): boolean
  /** How far it is. */
  say(seen: Seen): string
  stop: AbortSignal
}

/** Looks at something until it is over, and shows how far it is; nothing once it is stopped. */
export async function follow<Seen>({
  look,
  isOver,
  say,
  stop
}: Terms<Seen>): Promise<{ seen: Seen } | undefined> {
  const progress = openProgress()
  for (;;) {
    const seen = await look()
    if (isOver(seen) || stop.aborted) {
      progress.end()
      return isOver(seen) ? { seen } : undefined
    }
    progress.show(say(seen))
    await wait(pauseMilliseconds, undefined, { signal: stop }).catch(() => {})
  }
}
