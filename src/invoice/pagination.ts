/** Heights in points: what is free on the first page and on others, below the table's head. */
type Room = {
  first: number
  other: number
  /** The line that carries the sum forward, at the end of a page and again at the beginning of the next. */
  carry: number
  /** What follows the last row and stays with it. */
  tail: number
}

/** From this height on, a row may be alone on the last page: a lower one looks forgotten there. */
const tall = 50

/**
 * Where each page ends: before the row of that number. The first page ends before row 0 where the table
 * begins on the next one. A row that is higher than a page has one for itself.
 */
export function paginate(heights: number[], { first, other, carry, tail }: Room): number[] {
  const ends: number[] = []
  for (let start = 0; ; ) {
    const room = ends.length === 0 ? first : other - (start > 0 ? carry : 0)
    const rest = heights.slice(start).reduce((sum, height) => sum + height, 0)
    const isStuck = ends.length > 0 && start === heights.length - 1
    if (rest + tail <= room || isStuck) return [...ends, heights.length]
    const end = endOf(heights, start, room - carry)
    start = ends.length > 0 ? Math.max(end, start + 1) : end
    ends.push(start)
  }
}

function endOf(heights: number[], start: number, room: number) {
  const together = (heights.at(-1) as number) >= tall ? 1 : 2
  const latest = Math.max(start, heights.length - together)
  let end = start
  let used = 0
  while (end < latest && used + (heights[end] as number) <= room) {
    used += heights[end] as number
    end += 1
  }
  return start === 0 && end < Math.min(together, latest) ? 0 : end
}
