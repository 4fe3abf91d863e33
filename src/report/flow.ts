import type { Page } from '../pdf/page.ts'
import { openFoot } from './foot.ts'
import { type Galley, heightOf, type Spaced } from './galley.ts'
import { most, refuse, tooMany } from './limit.ts'
import { area } from './style.ts'

export type Flow = Galley & { pages: readonly Page[]; finish(): void }

/**
 * Puts strips on pages: those that keep together on one, notes at the foot of the page that refers to them,
 * and what is left of a long note at that of the next. `open` makes a page.
 */
export function openFlow(open: () => Page): Flow {
  const pages: Page[] = [open()]
  const foot = openFoot()
  let group: Spaced[] = []
  let gap = 0
  let y = area.top
  /** Whether nothing stands on the page but a head that is repeated. */
  let isFresh = true

  const page = () => pages.at(-1) as Page

  function turn() {
    if (pages.length >= most.pages) refuse(tooMany.pages)
    foot.turn(page())
    pages.push(open())
    y = area.top
    isFresh = true
  }

  /** Places strips that belong together, or one by one if they are higher than a page. */
  function place(strips: Spaced[]) {
    const [first] = strips as [Spaced]
    const fresh = foot.fresh(strips)
    const height = heightOf(strips) - (y === area.top ? first.gap : 0)
    const isHigh = y + height + foot.heightWith(fresh) > area.bottom
    if (isHigh && !isFresh) {
      turn()
      if (first.head) draw({ ...first.head, gap: 0 })
      place(strips)
    } else if (isHigh && strips.length > 1) for (const strip of strips) place([strip])
    else {
      for (const note of fresh) foot.place(note, page(), area.bottom - y - height)
      for (const strip of strips) draw(strip)
      isFresh = false
    }
  }

  function draw({ gap: wished, height, draw }: Spaced) {
    const white = y === area.top ? 0 : wished
    draw(page(), y + white, white)
    y += white + height
  }

  function flush() {
    const strips = group
    group = []
    if (strips.length > 0) place(strips)
  }

  return {
    pages,
    space(points) {
      gap = Math.max(gap, points)
    },
    add(strip) {
      group.push({ ...strip, gap })
      gap = 0
      if (!strip.keeps) flush()
    },
    finish() {
      flush()
      while (foot.hasMore()) turn()
      foot.turn(page())
    }
  }
}
