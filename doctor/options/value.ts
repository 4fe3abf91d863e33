/** What an option may be: a test, and the words for it. */
export type Kind = { means: string; fits(value: string): boolean }

export function whole(low: number, high: number): Kind {
  const fits = (value: string) =>
    /^-?\d+$/.test(value) && Number(value) >= low && Number(value) <= high
  return { means: `a whole number from ${low} to ${high}`, fits }
}

/** Beanstalk does not mind the case of its words. */
export function choice(...words: string[]): Kind {
  const fits = (value: string) => words.some(word => word.toLowerCase() === value.toLowerCase())
  return { means: words.length > 1 ? `one of ${words.join(', ')}` : `${words[0]}`, fits }
}

export function pattern(right: RegExp, means: string): Kind {
  return { means, fits: value => right.test(value) }
}

export const toggle = choice('true', 'false')
export const anything: Kind = { means: 'any text', fits: () => true }
export const port = whole(1, 65_535)
export const duration = pattern(/^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/, 'a duration as PT30M')
export const size = whole(0, 10_000)
