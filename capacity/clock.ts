import TinyQueue from 'tinyqueue'

export type Clock = ReturnType<typeof openClock>
type Event = { at: number; order: number; act: () => void }

/** Simulated time, in seconds from 0. What is due at the same moment happens in the order it was set. */
export function openClock() {
  const events = new TinyQueue<Event>([], (a, b) => a.at - b.at || a.order - b.order)
  let now = 0
  let order = 0

  function at(time: number, act: () => void) {
    events.push({ at: time, order: order++, act })
  }

  return {
    now: () => now,
    at,
    after: (seconds: number, act: () => void) => at(now + seconds, act),

    /** Lets happen what is due up to and at `end`. */
    run(end: number) {
      for (let next = events.peek(); next && next.at <= end; next = events.peek()) {
        events.pop()
        now = next.at
        next.act()
      }
      now = end
    }
  }
}
