/**
 * sRGB as an ICC profile of version 2, which says what the colours of a document mean (ICC.1:2001-04;
 * the primaries and the curve of IEC 61966-2-1, adapted to the white of D50).
 */
export function sRgbProfile(): Uint8Array {
  const tags: [string, Uint8Array][] = [
    ['desc', description('sRGB')],
    ['cprt', text('No rights reserved.')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.4361, 0.2225, 0.0139)],
    ['gXYZ', xyz(0.3851, 0.7169, 0.0971)],
    ['bXYZ', xyz(0.1431, 0.0606, 0.7141)],
    ['rTRC', curve()],
    ['gTRC', curve()],
    ['bTRC', curve()]
  ]
  const start = 128 + 4 + tags.length * 12
  const size = tags.reduce((end, [, bytes]) => aligned(end + bytes.length), start)
  const profile = new Uint8Array(size)
  const view = new DataView(profile.buffer)
  head(profile, view)
  view.setUint32(128, tags.length)
  let place = start
  for (const [index, [name, bytes]] of tags.entries()) {
    const entry = 132 + index * 12
    put(profile, entry, name)
    view.setUint32(entry + 4, place)
    view.setUint32(entry + 8, bytes.length)
    profile.set(bytes, place)
    place = aligned(place + bytes.length)
  }
  return profile
}

function head(profile: Uint8Array, view: DataView) {
  view.setUint32(0, profile.length)
  view.setUint32(8, 0x02100000)
  put(profile, 12, 'mntrRGB XYZ ')
  for (const [index, value] of [2026, 1, 1].entries()) view.setUint16(24 + index * 2, value)
  put(profile, 36, 'acsp')
  profile.set(xyz(0.9642, 1, 0.8249).subarray(8), 68)
}

function put(bytes: Uint8Array, place: number, letters: string) {
  for (let index = 0; index < letters.length; index += 1)
    bytes[place + index] = letters.charCodeAt(index)
}

function block(type: string, size: number) {
  const bytes = new Uint8Array(8 + size)
  put(bytes, 0, type)
  return { bytes, view: new DataView(bytes.buffer) }
}

function text(letters: string) {
  const { bytes } = block('text', letters.length + 1)
  put(bytes, 8, letters)
  return bytes
}

/** Only the ASCII form; those for Unicode and Macintosh are empty, but have their places. */
function description(letters: string) {
  const { bytes, view } = block('desc', 4 + letters.length + 1 + 78)
  view.setUint32(8, letters.length + 1)
  put(bytes, 12, letters)
  return bytes
}

function xyz(...values: number[]) {
  const { bytes, view } = block('XYZ ', 12)
  for (const [index, value] of values.entries())
    view.setInt32(8 + index * 4, Math.round(value * 65_536))
  return bytes
}

const steps = 256

function curve() {
  const { bytes, view } = block('curv', 4 + steps * 2)
  view.setUint32(8, steps)
  for (let step = 0; step < steps; step += 1)
    view.setUint16(12 + step * 2, Math.round(linear(step / (steps - 1)) * 65_535))
  return bytes
}

function linear(value: number) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function aligned(length: number) {
  return (length + 3) & ~3
}
