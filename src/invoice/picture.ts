import type { Sentence } from '../language.ts'
import { faultFoundBy } from '../pdf/image/bad-image.ts'
import { type Image, openImage } from '../pdf/image/image.ts'

/** The largest file of a picture that an invoice takes. */
export const mostBytes = 2_000_000

/** Enough for a logo in print; it is looked through while a person waits for the answer. */
const limits = { bytes: mostBytes, pixels: 8_000_000 }

/** Those of the documents before: the invoices of a batch have the same ones. */
const opened = new Map<string, Image>()

/** Opens a picture from its data URL; throws `BadImage`. */
export function openPicture(dataUrl: string): Image {
  const image = opened.get(dataUrl) ?? openImage(bytesOf(dataUrl), limits)
  // A logo and a seal: more would only fill the memory.
  if (opened.size >= 2 && !opened.has(dataUrl)) opened.clear()
  opened.set(dataUrl, image)
  return image
}

/** What is wrong with a picture, for the person who chose it. */
export function faultOf(dataUrl: string): Sentence | undefined {
  return faultIn(bytesOf(dataUrl))
}

/** The same for its file. */
export function faultIn(bytes: Uint8Array): Sentence | undefined {
  return faultFoundBy(() => openImage(bytes, limits))
}

/** A file as a data URL; its content says what it is. */
export function toDataUrl(bytes: Uint8Array): string {
  const type = bytes[0] === 0xff ? 'jpeg' : 'png'
  return `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
}

/** The file that a data URL stands for. */
export function bytesOf(dataUrl: string) {
  return Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
}
