import type { Sentence } from '../../language.ts'

/** A picture that can't go into a document; `sentence` tells the person what to do. */
export class BadImage extends Error {
  readonly sentence: Sentence

  constructor(fault: Fault, options?: ErrorOptions) {
    super(faults[fault].en, options)
    this.name = 'BadImage'
    this.sentence = faults[fault]
  }
}

export type Fault = keyof typeof faults

/** What a picture may have at most: a document is not the place for larger ones. */
export const most = {
  bytes: 10_000_000,
  pixels: 40_000_000,
  side: 20_000,
  /** What it may take unpacked, in bytes. */
  unpacked: 160_000_000
}

export type Limits = Pick<typeof most, 'bytes' | 'pixels'>

const again = {
  ja: '元の画像から書き出し直してください。',
  en: 'export it again from its original.'
}

const faults = {
  unknown: {
    ja: 'PNGまたはJPEGの画像ではありません。PNGかJPEGで保存した画像を選んでください。',
    en: 'This is neither a PNG nor a JPEG picture: choose one that was saved as PNG or JPEG.'
  },
  empty: {
    ja: '画像の幅または高さが0です。別の画像を選んでください。',
    en: 'The picture has no width or no height: choose another one.'
  },
  heavy: {
    ja: '画像のファイルが大きすぎます。小さくして保存し直してください。',
    en: 'The file of the picture is too large: save it with a smaller size.'
  },
  large: {
    ja: '画像の縦横が大きすぎます。縮小して保存し直してください。',
    en: 'The picture has too many pixels: scale it down.'
  },
  cut: {
    ja: `画像が途中で切れています。${again.ja}`,
    en: `The picture is cut off: ${again.en}`
  },
  broken: {
    ja: `画像が壊れています。${again.ja}`,
    en: `The picture is damaged: ${again.en}`
  },
  lying: {
    ja: `画像の大きさの記載と中身が合いません。${again.ja}`,
    en: `The picture is not of the size that it says: ${again.en}`
  },
  foreign: {
    ja: 'この種類のPNG・JPEGは使えません。標準的なPNGかJPEGで保存し直してください。',
    en: 'This sort of PNG or JPEG can’t be used: save it as an ordinary one.'
  }
} satisfies Record<string, Sentence>

/** Refuses a size before anything is unpacked for it. */
export function checkSize({ width, height }: { width: number; height: number }, limits: Limits) {
  if (width === 0 || height === 0) throw new BadImage('empty')
  const isLarge = width > most.side || height > most.side || width * height > limits.pixels
  if (isLarge) throw new BadImage('large')
}

/** What is wrong with a picture that `look` looks at, for the person who chose it. */
export function faultFoundBy(look: () => unknown): Sentence | undefined {
  try {
    look()
    return undefined
  } catch (error) {
    if (error instanceof BadImage) return error.sentence
    throw error
  }
}
