import { orientationOf } from '../../src/pdf/image/exif.ts'
import { exif } from '../../test/picture.ts'
import { edge, mutate } from '../mutate.ts'
import type { Target } from '../target.ts'

/** Without marker and length. */
const examples = [exif(6), exif(8, 'II'), exif(1)].map(whole => whole.subarray(4))

/** Offsets and counts that lead astray; the answer is one of eight, whatever the segment says. */
export const target: Target = {
  name: 'exif',

  generate(random) {
    if (random.oneIn(3)) return mutate(random, examples, ['Exif\0\0', 'II', 'MM', '\0*'])
    const segment = Buffer.from(random.pick(examples))
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      const bytes = random.pick([2, 4])
      segment.writeUIntBE(edge(random, bytes), random.below(segment.length - bytes + 1), bytes)
    }
    return segment
  },

  run(input) {
    const orientation = orientationOf(input)
    if (!Number.isInteger(orientation) || orientation < 1 || orientation > 8)
      throw new Error(`The orientation is ${orientation}.`)
  }
}
