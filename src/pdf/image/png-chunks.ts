import { crc32, inflateSync } from 'node:zlib'
import { BadImage, checkSize, type Limits, most } from './bad-image.ts'

/** What the head of a PNG says (ISO/IEC 15948, 11.2.2). */
export type Head = {
  width: number
  height: number
  /** Bits of a sample. */
  depth: number
  colour: Colour
  /** Samples of a pixel. */
  channels: number
  isInterlaced: boolean
}

export type Colour = 'grey' | 'rgb' | 'palette' | 'grey-alpha' | 'rgb-alpha'

export type Png = Head & { palette?: Buffer; transparency?: Buffer; data: Buffer }

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export function isPng(bytes: Buffer) {
  return bytes.subarray(0, 8).equals(signature)
}

/** The chunks that make the picture, each with its checksum proven; what else there is, is passed over. */
export function readChunks(bytes: Buffer, limits: Limits): Png {
  let head: Head | undefined
  const found = new Map<string, Buffer>()
  const data: Buffer[] = []
  for (let at = 8; ; ) {
    const { type, body } = chunkAt(bytes, at)
    at += 12 + body.length
    if (!head) {
      if (type !== 'IHDR') throw new BadImage('broken')
      head = headOf(body, limits)
    } else if (type === 'IDAT') data.push(body)
    else if (type === 'IEND') break
    else if (type === 'PLTE' || type === 'tRNS') found.set(type, body)
    else if (isCritical(type)) throw new BadImage('foreign')
  }
  if (data.length === 0) throw new BadImage('cut')
  const [palette, transparency] = [found.get('PLTE'), found.get('tRNS')]
  checkPalette(head, palette)
  checkTransparency(head, palette, transparency)
  return {
    ...head,
    ...(palette ? { palette } : {}),
    ...(transparency ? { transparency } : {}),
    data: Buffer.concat(data)
  }
}

function chunkAt(bytes: Buffer, at: number) {
  if (at + 12 > bytes.length) throw new BadImage('cut')
  const length = bytes.readUInt32BE(at)
  if (at + 12 + length > bytes.length) throw new BadImage('cut')
  const checked = bytes.subarray(at + 4, at + 8 + length)
  if (crc32(checked) !== bytes.readUInt32BE(at + 8 + length)) throw new BadImage('broken')
  return { type: checked.toString('latin1', 0, 4), body: checked.subarray(4) }
}

/** A capital first letter: the picture can't be understood without it. */
function isCritical(type: string) {
  return (type.charCodeAt(0) & 32) === 0
}

const kinds: Record<number, { colour: Colour; channels: number; depths: number[] }> = {
  0: { colour: 'grey', channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { colour: 'rgb', channels: 3, depths: [8, 16] },
  3: { colour: 'palette', channels: 1, depths: [1, 2, 4, 8] },
  4: { colour: 'grey-alpha', channels: 2, depths: [8, 16] },
  6: { colour: 'rgb-alpha', channels: 4, depths: [8, 16] }
}

function headOf(body: Buffer, limits: Limits): Head {
  if (body.length !== 13) throw new BadImage('broken')
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  const [depth = 0, type = 0, compression, filter, interlace = 0] = body.subarray(8)
  const kind = kinds[type]
  if (!kind?.depths.includes(depth)) throw new BadImage('foreign')
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new BadImage('foreign')
  checkSize({ width, height }, limits)
  const { colour, channels } = kind
  return { width, height, depth, colour, channels, isInterlaced: interlace === 1 }
}

function checkPalette({ colour, depth }: Head, palette: Buffer | undefined) {
  if (colour !== 'palette') return
  const length = palette?.length ?? 0
  const isWrong = length === 0 || length % 3 !== 0 || length / 3 > 2 ** depth
  if (isWrong) throw new BadImage('broken')
}

function checkTransparency({ colour }: Head, palette?: Buffer, transparency?: Buffer) {
  if (!transparency) return
  const { length } = transparency
  const isRight = {
    grey: length === 2,
    rgb: length === 6,
    palette: length <= (palette?.length ?? 0) / 3,
    'grey-alpha': false,
    'rgb-alpha': false
  }[colour]
  if (!isRight) throw new BadImage('broken')
}

/** Unpacks exactly `length` bytes; never takes memory for more. */
export function unpack(data: Buffer, length: number): Buffer {
  if (length > most.unpacked) throw new BadImage('large')
  const raw = inflate(data, length)
  if (raw.length < length) throw new BadImage('lying')
  return raw
}

const faultOf = { ERR_BUFFER_TOO_LARGE: 'lying', Z_BUF_ERROR: 'cut' } as const

function inflate(data: Buffer, length: number) {
  try {
    return inflateSync(data, { maxOutputLength: length, chunkSize: 262_144 })
  } catch (error) {
    const { code } = error as { code?: string }
    throw new BadImage(faultOf[code as keyof typeof faultOf] ?? 'broken', { cause: error })
  }
}
