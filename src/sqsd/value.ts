/** How the text of an option becomes a value. */
export type Value<Type = unknown> = {
  /** What the text must be, for the sentence that says it is not. */
  means: string
  /** The same in short, for the help; unset: the help of the option says it. */
  range?: string
  /** The value of a text, or undefined when it is none. */
  read(text: string): Type | undefined
  /** True for a flag without a value. */
  isSwitch?: boolean
}

export function whole(low: number, high: number): Value<number> {
  const read = (text: string) => {
    const isInside = /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high
    return isInside ? Number(text) : undefined
  }
  return { read, means: `a whole number from ${low} to ${high}`, range: `${low} to ${high}` }
}

export function pattern(right: RegExp, means: string): Value<string> {
  return { read: text => (right.test(text) ? text : undefined), means }
}

export function choice<Word extends string>(...words: Word[]): Value<Word> {
  return { read: text => words.find(word => word === text), means: words.join(' or ') }
}

export function toggle(): Value<boolean> {
  const values = new Map([
    ['true', true],
    ['false', false]
  ])
  return { read: text => values.get(text), means: 'true or false', isSwitch: true }
}

/** The URL as `take` writes it; undefined when that can't be taken. */
export function url(means: string, take: (url: URL, text: string) => string | false) {
  const read = (text: string) => {
    const parsed = URL.parse(text)
    return (parsed && take(parsed, text)) || undefined
  }
  return { read, means }
}

/** For the log: a URL without the name and password in it. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//…@')
}
