import { BadImage, checkSize, type Limits } from './bad-image.ts'
import { orientationOf } from './exif.ts'

/** What the head of a JPEG says (ITU-T T.81, B.2.2). */
type Frame = { width: number; height: number; components: number }

export type Jpeg = Frame & {
  /** From Exif, 1 to 8. */
  orientation: number
  /** Whether Adobe's marker is in it: its CMYK is inverted. */
  isAdobe: boolean
  /** The parts that make the picture, without previews, places and whatever else cameras add. */
  parts: Buffer[]
}

const start = 0xd8
const end = 0xd9
const scan = 0xda
const comment = 0xfe
/** Baseline, extended and progressive: what PDF readers know (ISO 32000-1, 7.4.8). */
const frames = new Set([0xc0, 0xc1, 0xc2])
/** Lossless, hierarchical and arithmetically coded. */
const foreign = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])

type Found = Omit<Jpeg, keyof Frame> & { frame?: Frame; data: number }

/** Walks from marker to marker; decodes nothing. */
export function walkJpeg(bytes: Buffer, limits: Limits): Jpeg {
  const found: Found = { orientation: 1, isAdobe: false, parts: [bytes.subarray(0, 2)], data: 0 }
  for (let at = 2; ; ) {
    const { marker, after } = markerAt(bytes, at)
    if (marker === end) return finish(found)
    if (marker === start) throw new BadImage('broken')
    if (foreign.has(marker)) throw new BadImage('foreign')
    const segment = segmentAt(bytes, after)
    note(found, marker, segment, limits)
    at = after + 2 + segment.length
    if (marker === scan) {
      const stop = endOfScan(bytes, at)
      found.data += stop - at
      at = stop
    }
    if (isKept(marker)) found.parts.push(bytes.subarray(after - 2, at))
  }
}

function note(found: Found, marker: number, segment: Buffer, limits: Limits) {
  if (frames.has(marker) ? found.frame : marker === scan && !found.frame)
    throw new BadImage('broken')
  if (frames.has(marker)) found.frame = frameOf(segment, limits)
  if (marker === 0xe1 && found.orientation === 1) found.orientation = orientationOf(segment)
  if (marker === 0xee && segment.toString('latin1', 0, 5) === 'Adobe') found.isAdobe = true
}

function finish({ frame, data, parts, ...found }: Found): Jpeg {
  if (!frame || data === 0) throw new BadImage('broken')
  checkData(frame, data)
  return { ...frame, ...found, parts: [...parts, Buffer.from([0xff, end])] }
}

/** Where the next marker is; any number of 0xFF may stand before it. */
function markerAt(bytes: Buffer, at: number) {
  if (at >= bytes.length) throw new BadImage('cut')
  if (bytes[at] !== 0xff) throw new BadImage('broken')
  let after = at + 1
  while (bytes[after] === 0xff) after += 1
  const marker = bytes[after]
  if (marker === undefined) throw new BadImage('cut')
  if (marker < 0xc0) throw new BadImage('broken')
  return { marker, after: after + 1 }
}

function segmentAt(bytes: Buffer, at: number): Buffer {
  if (at + 2 > bytes.length) throw new BadImage('cut')
  const length = bytes.readUInt16BE(at)
  if (length < 2) throw new BadImage('broken')
  if (at + length > bytes.length) throw new BadImage('cut')
  return bytes.subarray(at + 2, at + length)
}

function frameOf(segment: Buffer, limits: Limits): Frame {
  if (segment.length < 6) throw new BadImage('broken')
  const components = segment[5] as number
  if (segment[0] !== 8 || ![1, 3, 4].includes(components)) throw new BadImage('foreign')
  if (segment.length !== 6 + 3 * components) throw new BadImage('broken')
  const frame = { width: segment.readUInt16BE(3), height: segment.readUInt16BE(1), components }
  checkSize(frame, limits)
  return frame
}

/** The marker after a scan's data, in which 0xFF 0x00 and restarts are no markers. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] as number
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2))
  }
  throw new BadImage('cut')
}

/** Each block of 8 by 8 pixels takes at least one bit, whatever it shows. */
function checkData({ width, height }: Frame, bytes: number) {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  if (bytes * 8 < blocks) throw new BadImage('lying')
}

/** JFIF's and Adobe's segments say which colours are meant; the other APPn and comments say too much. */
function isKept(marker: number) {
  const isApplication = marker >= 0xe0 && marker <= 0xef
  return marker !== comment && (!isApplication || marker === 0xe0 || marker === 0xee)
}
