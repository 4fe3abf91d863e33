import type { Sentence } from '../language.ts'
import { BadImage } from '../pdf/image/bad-image.ts'
import { type Image, openImage } from '../pdf/image/image.ts'

/** Enough for a logo in print; it is looked through while a person waits for the answer. */
const pixels = 4_000_000

/** Opens a picture from its data URL; throws `BadImage`. */
export function openPicture(dataUrl: string): Image {
  const base64 = dataUrl.slice(dataUrl.indexOf(',') + 1)
  return openImage(Buffer.from(base64, 'base64'), { pixels })
}

/** What is wrong with a picture, for the person who chose it. */
export function faultOf(dataUrl: string): Sentence | undefined {
  try {
    openPicture(dataUrl)
    return
  } catch (error) {
    if (error instanceof BadImage) return error.sentence
    throw error
  }
}
