/**
 * How a camera was held, 1 to 8, from an Exif segment (CIPA DC-008, 4.6.4): 1 is upright, and stands for
 * all that can't be understood, because a picture is whole without it.
 */
export function orientationOf(segment: Buffer): number {
  const tiff = segment.subarray(6)
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || tiff.length < 8) return 1
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return 1
  const isLittle = order === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const count = short(directory)
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.length) return 1
    if (short(entry) === orientationTag) return known(short(entry + 8))
  }
  return 1
}

const orientationTag = 0x0112

function known(value: number) {
  return value >= 1 && value <= 8 ? value : 1
}

/** The matrix that turns a picture upright within its unit square, by orientation (from 1). */
export const uprights: readonly (readonly number[])[] = [
  [1, 0, 0, 1, 0, 0],
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0]
]
