import type { Sentence } from '../language.ts'
import { BadImage } from '../pdf/image/bad-image.ts'
import { type Image, openImage } from '../pdf/image/image.ts'

/** The largest file of a picture that an invoice takes. */
export const mostBytes = 2_000_000

/** Enough for a logo in print; it is looked through while a person waits for the answer. */
const limits = { bytes: mostBytes, pixels: 8_000_000 }

/** Opens a picture from its data URL; throws `BadImage`. */
export function openPicture(dataUrl: string): Image {
  return openImage(bytesOf(dataUrl), limits)
}

/** What is wrong with a picture, for the person who chose it. */
export function faultOf(dataUrl: string): Sentence | undefined {
  return faultIn(bytesOf(dataUrl))
}

/** The same for its file. */
export function faultIn(bytes: Uint8Array): Sentence | undefined {
  try {
    openImage(bytes, limits)
    return
  } catch (error) {
    if (error instanceof BadImage) return error.sentence
    throw error
  }
}

/** A file as a data URL; its content says what it is. */
export function toDataUrl(bytes: Uint8Array): string {
  const type = bytes[0] === 0xff ? 'jpeg' : 'png'
  return `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
}

function bytesOf(dataUrl: string) {
  return Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
}
