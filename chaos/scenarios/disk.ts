import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { smallDiskObstacle } from '../small-disk.ts'

const fullSeconds = 9

/** Files are whole or not there: a write that fails in the middle leaves nothing that a person could get. */
export const disk: Scenario = {
  name: 'disk',
  title: 'the disk of the file store is full, twice for 9 s',
  kind: 'invoice',
  jobs: 250,
  seconds: 28,
  settings: { hasSmallDisk: true },
  obstacle: smallDiskObstacle,
  async play({ disk }, random) {
    for (let count = 0; count < 2; count += 1) {
      await setTimeout(2000 + random() * 4000)
      disk?.fill()
      await setTimeout(fullSeconds * 1000)
      disk?.empty()
    }
  }
}
