import type { Random } from './random.ts'

/** A reader of what strangers send. */
export type Target = {
  name: string
  /** An input: a good example, changed. The same choices give the same bytes. */
  generate(random: Random): Buffer
  /** Reads the input. Throws only when a promise is broken: errors that the reader may throw end here. */
  run(input: Buffer): unknown
}

/** Runs a reader that may refuse its input with an error that `isMeant`. */
export function refusing<Result>(read: () => Result, isMeant: (error: unknown) => boolean) {
  try {
    return read()
  } catch (error) {
    if (!isMeant(error)) throw error
    return undefined
  }
}

/** An error with a sentence for people, and no `TypeError` or `RangeError` that slipped through. */
export function isSentence(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && error.constructor === Error && pattern.test(error.message)
}
