import type { Answer } from './post.ts'

/** After an attempt without an answer, which takes 10 s at worst, nobody else waits for one for so long. */
const silentMilliseconds = 30_000
const slowMilliseconds = 1000
/** So many wait for a slow endpoint at once: sqsd has few connections, and jobs need them, too. */
const mostOfSlow = 2

const silence = 'The receiver has just given no answer; it is left alone for half a minute.'
const slowness =
  'The receiver is slow, and others wait for its answer: this is sent a little later.'

type State = { underWay: number; isSlow: boolean; silentUntil: number }

/** Keeps an endpoint that is slow or away from holding up the line; what is known of each is of this process. */
export function openPace() {
  const known = new Map<number, State>()
  const stateOf = (id: number) => {
    const state = known.get(id) ?? { underWay: 0, isSlow: false, silentUntil: 0 }
    known.set(id, state)
    return state
  }

  return {
    /** Why it must wait; nothing where it may be sent, and `leave` has to follow. */
    enter(id: number, time: number): string | undefined {
      const state = stateOf(id)
      if (state.silentUntil > time) return silence
      if (state.isSlow && state.underWay >= mostOfSlow) return slowness
      // One looks whether it is back, and the others see what comes of it.
      if (state.silentUntil > 0) state.silentUntil = time + silentMilliseconds
      state.underWay += 1
      return undefined
    },

    /** `answer`: none where nobody waited for it. */
    leave(id: number, time: number, answer?: Pick<Answer, 'status' | 'ms'>) {
      const state = stateOf(id)
      state.underWay -= 1
      if (!answer) return
      state.silentUntil = answer.status === null ? time + silentMilliseconds : 0
      state.isSlow = answer.ms >= slowMilliseconds
    }
  }
}

const leastSeconds = 60
const mostSeconds = 900

/**
 * When to come again, in seconds: the later, the longer it has waited, or thousands that wait for an endpoint that is
 * away for days would keep the line busy with nothing. As long as SQS can delay a message, at most.
 */
export function pauseSeconds(waitedSeconds: number): number {
  const longest = Math.min(mostSeconds, Math.max(leastSeconds, waitedSeconds))
  return longest * (1 - Math.random() / 2)
}
