import type { TestContext } from 'node:test'

/**
 * Makes the timers of this process ring earlier, until the test is over; gives `setTimeout` as it was.
 * `Date` and the monotonic clock go on as ever. A test of undici's clock is alone in its file, for
 * undici keeps that of its first request.
 */
export function hurry(
  { mock }: Pick<TestContext, 'mock'>,
  change: (milliseconds: number) => number
): typeof setTimeout {
  const wait = setTimeout
  // undici hands its timers what they are to be called with.
  const sooner = (work: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) =>
    wait(work, change(milliseconds), ...given)
  mock.method(globalThis, 'setTimeout', sooner as typeof setTimeout)
  return wait
}
