import { deflateSync } from 'node:zlib'
import { type PDFContext, PDFHexString, PDFRawStream, type PDFRef } from 'pdf-lib'
import type { Limits } from './bad-image.ts'
import type { Image } from './image.ts'
import { type Png, readChunks, unpack } from './png-chunks.ts'
import { pixelsOf } from './png-pixels.ts'
import { checkFilters, passesOf } from './png-rows.ts'

export { isPng } from './png-chunks.ts'

/** Opens a PNG; its data has been unpacked once to see that it is whole. */
export function openPng(bytes: Buffer, limits: Limits): Image {
  const png = readChunks(bytes, limits)
  const { passes, length } = passesOf(png)
  const raw = unpack(png.data, length)
  for (const pass of passes) checkFilters(raw, pass)
  const { width, height } = png
  const embed = isPlain(png)
    ? (context: PDFContext) => embedPlain(context, png)
    : (context: PDFContext) => embedDecoded(context, png, Buffer.from(raw))
  return { width, height, isArchival: true, embed }
}

/** Whether PDF knows its pixels just as PNG packs them (ISO 32000-1, 7.4.4.4). */
function isPlain({ depth, colour, isInterlaced, transparency }: Png) {
  return depth <= 8 && !isInterlaced && !transparency && !colour.endsWith('alpha')
}

function embedPlain(context: PDFContext, png: Png): PDFRef {
  const { width, depth, channels, data } = png
  return embedStream(context, png, data, {
    ColorSpace: spaceOf(png),
    BitsPerComponent: depth,
    DecodeParms: { Predictor: 15, Colors: channels, BitsPerComponent: depth, Columns: width }
  })
}

function spaceOf({ colour, palette = Buffer.alloc(0) }: Png) {
  if (colour === 'grey') return 'DeviceGray'
  if (colour === 'rgb') return 'DeviceRGB'
  const last = palette.length / 3 - 1
  return ['Indexed', 'DeviceRGB', last, PDFHexString.of(palette.toString('hex'))]
}

function embedDecoded(context: PDFContext, png: Png, raw: Buffer): PDFRef {
  const { colours, channels, alpha } = pixelsOf(png, raw)
  const mask =
    alpha &&
    embedStream(context, png, deflateSync(alpha), {
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8
    })
  return embedStream(context, png, deflateSync(colours), {
    ColorSpace: channels === 1 ? 'DeviceGray' : 'DeviceRGB',
    BitsPerComponent: 8,
    ...(mask ? { SMask: mask } : {})
  })
}

function embedStream(
  context: PDFContext,
  { width, height }: Png,
  bytes: Uint8Array,
  about: object
): PDFRef {
  const dictionary = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    Filter: 'FlateDecode',
    Length: bytes.length,
    ...about
  })
  return context.register(PDFRawStream.of(dictionary, bytes))
}
