import type { Page, Target } from '../pdf/page.ts'

/** A strip of the report that is never split, in points. */
export type Strip = {
  height: number
  /** Whether the next strip must be on the same page. */
  keeps?: boolean
  /** Notes that are referred to in it. */
  notes?: Footnote[]
  /** What stands above it once more where it begins a page. */
  head?: Strip
  /** `gap` is the white above it on the page, none at the top. */
  draw(page: Page, top: number, gap: number): void
}

/** A note ready to be placed; the marks that refer to it lead to `target`. */
export type Footnote = { strips(): Spaced[]; target: { page?: Page; y: number } }

export type Spaced = Strip & { gap: number }

/** Takes strips, one below the other. */
export type Galley = {
  /** White before the next strip; of several wishes, the largest. */
  space(points: number): void
  add(strip: Strip): void
}

/** A galley that keeps its strips in a list. */
export function collect(): Galley & { strips: Spaced[] } {
  const strips: Spaced[] = []
  let gap = 0
  return {
    strips,
    space(points) {
      gap = Math.max(gap, points)
    },
    add(strip) {
      strips.push({ ...strip, gap: strips.length === 0 ? 0 : gap })
      gap = 0
    }
  }
}

/** Passes strips on, and draws something of its own with the first one. */
export function withFirst(galley: Galley, draw: (page: Page, top: number) => void): Galley {
  let isFirst = true
  return {
    space: galley.space,
    add(strip) {
      const first = isFirst
      isFirst = false
      if (!first) return galley.add(strip)
      galley.add({
        ...strip,
        draw(page, top, gap) {
          draw(page, top)
          strip.draw(page, top, gap)
        }
      })
    }
  }
}

/** Passes strips on, and draws something of its own behind each, which spans the white between them too. */
export function withEach(
  galley: Galley,
  draw: (page: Page, top: number, height: number) => void
): Galley {
  let isOpen = false
  return {
    space: galley.space,
    add(strip) {
      galley.add({
        ...strip,
        draw(page, top, gap) {
          const above = isOpen ? gap : 0
          isOpen = true
          draw(page, top - above, strip.height + above)
          strip.draw(page, top, gap)
        }
      })
    }
  }
}

export function heightOf(strips: Spaced[]): number {
  return strips.reduce((sum, { gap, height }) => sum + gap + height, 0)
}

/** Where a mark leads, once its note has been placed. */
export function targetOf({ target }: Footnote): Target {
  return target as Target
}
