import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sRgbProfile } from './colour-profile.ts'

const profile = Buffer.from(sRgbProfile())
const tags = new Map(
  Array.from({ length: profile.readUInt32BE(128) }, (_, index) => {
    const entry = 132 + index * 12
    const [start, size] = [profile.readUInt32BE(entry + 4), profile.readUInt32BE(entry + 8)]
    return [profile.toString('latin1', entry, entry + 4), { start, size }] as const
  })
)

function bodyOf(tag: string) {
  const { start, size } = tags.get(tag) as { start: number; size: number }
  return profile.subarray(start, start + size)
}

const xyzOf = (tag: string) => [8, 12, 16].map(place => bodyOf(tag).readInt32BE(place) / 65_536)

test('the head says what it is: a profile of a display in RGB', () => {
  assert.equal(profile.readUInt32BE(0), profile.length)
  assert.equal(profile.toString('latin1', 12, 24), 'mntrRGB XYZ ')
  assert.equal(profile.toString('latin1', 36, 40), 'acsp')
  assert.equal(profile.readUInt8(8), 2)
})

test('it has what such a profile needs, each part in the file and on a multiple of four', () => {
  const wanted = ['bTRC', 'bXYZ', 'cprt', 'desc', 'gTRC', 'gXYZ', 'rTRC', 'rXYZ', 'wtpt']
  assert.deepEqual([...tags.keys()].sort(), wanted)
  const places = [...tags.values()].sort((a, b) => a.start - b.start)
  for (const [index, { start, size }] of places.entries()) {
    assert.equal(start % 4, 0)
    assert.ok(start + size <= (places[index + 1]?.start ?? profile.length))
  }
})

test('red, green and blue add up to white', () => {
  const white = xyzOf('wtpt')
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map(xyzOf) as [number[], number[], number[]]
  for (const [axis, value] of white.entries()) {
    const sum = (red[axis] as number) + (green[axis] as number) + (blue[axis] as number)
    assert.ok(Math.abs(sum - value) < 1e-3, `${sum} ${value}`)
  }
})

test('the curve is that of sRGB', () => {
  const curve = bodyOf('gTRC')
  const count = curve.readUInt32BE(8)
  const at = (share: number) =>
    curve.readUInt16BE(12 + Math.round(share * (count - 1)) * 2) / 65_535
  assert.equal(curve.toString('latin1', 0, 4), 'curv')
  assert.deepEqual([at(0), at(1)], [0, 1])
  // IEC 61966-2-1: a grey of 128 of 255 reflects 21.6 % of the light.
  assert.ok(Math.abs(at(128 / 255) - 0.2159) < 1e-3)
  for (let step = 1; step < count; step += 1)
    assert.ok(at(step / (count - 1)) > at((step - 1) / (count - 1)))
})
