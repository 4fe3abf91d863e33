import { type PDFContext, PDFRawStream, type PDFRef } from 'pdf-lib'
import type { Limits } from './bad-image.ts'
import { uprights } from './exif.ts'
import type { Image } from './image.ts'
import { type Jpeg, walkJpeg } from './jpeg-walk.ts'

const spaces: Record<number, string> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' }

/** A JPEG goes into a document as it is; readers of PDF decode it themselves. */
export function openJpeg(bytes: Buffer, limits: Limits): Image {
  const jpeg = walkJpeg(bytes, limits)
  const { width, height, orientation, components } = jpeg
  const isTurned = orientation >= 5
  return {
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    // The document names a colour profile for RGB only (ISO 19005-2, 6.2.4.3).
    isArchival: components !== 4,
    embed(context) {
      const picture = embedStream(context, jpeg)
      return orientation === 1 ? picture : upright(context, picture, orientation)
    }
  }
}

function embedStream(context: PDFContext, jpeg: Jpeg): PDFRef {
  const { width, height, components, isAdobe, parts } = jpeg
  const bytes = Buffer.concat(parts)
  const isInverted = isAdobe && components === 4
  const dictionary = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: spaces[components] as string,
    BitsPerComponent: 8,
    Filter: 'DCTDecode',
    Length: bytes.length,
    ...(isInverted ? { Decode: [1, 0, 1, 0, 1, 0, 1, 0] } : {})
  })
  return context.register(PDFRawStream.of(dictionary, bytes))
}

/** A form of one unit square, as a picture is one, that turns what is in it. */
function upright(context: PDFContext, picture: PDFRef, orientation: number): PDFRef {
  const matrix = uprights[orientation - 1] as readonly number[]
  const bytes = Buffer.from(`${matrix.join(' ')} cm /I Do`)
  const dictionary = context.obj({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, 1, 1],
    Resources: { XObject: { I: picture } },
    Length: bytes.length
  })
  return context.register(PDFRawStream.of(dictionary, bytes))
}
