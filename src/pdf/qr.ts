import { encode } from 'uqr'
import type { Box } from './paint.ts'

/**
 * The dark parts of a QR code within a square of at most `size` points. It can be read with 15 % of it
 * damaged, where nothing is printed nearer to it than four of its modules (ISO/IEC 18004, 5.3.8).
 */
export function qrBoxes(
  text: string,
  { x, y, size }: { x: number; y: number; size: number }
): Box[] {
  const data = modulesOf(text)
  // Whole hundredths of a point, which is how operators are written: no seams between boxes.
  const side = Math.floor((size * 100) / data.length) / 100
  return data.flatMap((modules, row) =>
    runsOf(modules).map(({ start, length }) => ({
      x: x + start * side,
      y: y + row * side,
      width: length * side,
      height: side
    }))
  )
}

let last: { text: string; data: boolean[][] } | undefined

/** Those of the last text are kept: the rows of a merge have the same code, which takes longer than their pages. */
function modulesOf(text: string): boolean[][] {
  if (last?.text !== text) last = { text, data: encode(text, { ecc: 'M', border: 0 }).data }
  return last.data
}

/** Stretches of dark modules in a row. */
function runsOf(modules: boolean[]) {
  const runs: { start: number; length: number }[] = []
  for (const [at, isDark] of modules.entries()) {
    if (!isDark) continue
    const last = runs.at(-1)
    if (last && last.start + last.length === at) last.length += 1
    else runs.push({ start: at, length: 1 })
  }
  return runs
}
