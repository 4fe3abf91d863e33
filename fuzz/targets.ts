type Listed = {
  name: string
  url: string
  /** Of the inputs that were asked for, where one takes long. */
  share?: number
  /** How long one input may take on a busy machine, if more than usual. */
  seconds?: number
}

/** All readers of what strangers send, with those that are part of another one by themselves. */
export const targets: Listed[] = [
  at('sqsd-request'),
  at('cron-file'),
  at('ebextensions'),
  { ...at('csv'), seconds: 60 },
  at('png'),
  at('jpeg'),
  at('exif'),
  at('markdown'),
  { ...at('report'), share: 0.02, seconds: 60 },
  at('form'),
  at('order')
]

function at(name: string): Listed {
  return { name, url: new URL(`targets/${name}.ts`, import.meta.url).href }
}
