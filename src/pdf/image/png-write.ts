import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Pixels of four bytes (red, green, blue, and one that is left out) as a PNG (ISO/IEC 15948). */
export function writePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits a sample, true colour; no interlacing.
  head.set([8, 2, 0, 0, 0], 8)
  const data = deflateSync(rowsOf(width, height, pixels), { level: 9 })
  const none = Buffer.alloc(0)
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', none)])
}

/** Each row begins with its filter: 0, none, which packs drawn pages best. */
function rowsOf(width: number, height: number, pixels: Uint8Array) {
  const rows = Buffer.alloc(height * (1 + width * 3))
  let to = 0
  for (let from = 0; from < width * height * 4; from += 4) {
    if (from % (width * 4) === 0) to += 1
    rows[to++] = pixels[from] as number
    rows[to++] = pixels[from + 1] as number
    rows[to++] = pixels[from + 2] as number
  }
  return rows
}

function chunk(type: string, body: Buffer) {
  const whole = Buffer.alloc(12 + body.length)
  whole.writeUInt32BE(body.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(body, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length)
  return whole
}
