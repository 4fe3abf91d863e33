import { readFileSync } from 'node:fs'
import { toDataUrl } from '../../src/invoice/picture.ts'

/** What an invoice may have beside its text: a logo, a seal (印影) with a clear ground, a page to pay on. */
export const pictures = { logo: dataUrlOf('logo.jpg'), seal: dataUrlOf('seal.png') }
export const paymentUrl = 'https://pay.example.jp/mameya'

function dataUrlOf(name: string) {
  return toDataUrl(readFileSync(new URL(name, import.meta.url)))
}
