import { deflateSync } from 'node:zlib'
import { type PDFContext, PDFHexString, PDFRawStream, type PDFRef } from 'pdf-lib'
import type { Limits } from './bad-image.ts'
import type { Image } from './image.ts'
import { type Png, readChunks, unpack } from './png-chunks.ts'
import { pixelsOf } from './png-pixels.ts'
import { checkFilters, passesOf } from './png-rows.ts'

/**
 * Opens a PNG. Its data is unpacked once to see that it is whole, and not kept: a document may have many
 * pictures that are small as files only.
 */
export function openPng(bytes: Buffer, limits: Limits): Image {
  const png = readChunks(bytes, limits)
  const { passes, length } = passesOf(png)
  const raw = unpack(png.data, length)
  for (const pass of passes) checkFilters(raw, pass)
  const { width, height } = png
  const embed = isPlain(png) ? (context: PDFContext) => embedPlain(context, png) : embedderOf(png)
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

/** Decodes when it is asked first, and once: the documents of a batch have the same pictures. */
function embedderOf(png: Png) {
  let packed: Packed | undefined
  return (context: PDFContext) => {
    packed ??= pack(png)
    return embedPacked(context, png, packed)
  }
}

/** Colours and transparency, each deflated. */
type Packed = { space: string; colours: Uint8Array; alpha?: Uint8Array }

function pack(png: Png): Packed {
  const { colours, channels, alpha } = pixelsOf(png, unpack(png.data, passesOf(png).length))
  return {
    space: channels === 1 ? 'DeviceGray' : 'DeviceRGB',
    colours: deflateSync(colours),
    ...(alpha ? { alpha: deflateSync(alpha) } : {})
  }
}

function embedPacked(context: PDFContext, png: Png, { space, colours, alpha }: Packed): PDFRef {
  const depth = { BitsPerComponent: 8 }
  const mask = alpha && embedStream(context, png, alpha, { ColorSpace: 'DeviceGray', ...depth })
  const about = { ColorSpace: space, ...depth, ...(mask ? { SMask: mask } : {}) }
  return embedStream(context, png, colours, about)
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
