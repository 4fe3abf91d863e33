import { clustersOf } from './cluster.ts'
import { isBreakable, isSpace } from './kinsoku.ts'

/**
 * Breaks text into lines no wider than `width`, at the places where Japanese typesetting allows it
 * (JIS X 4051); what may not begin a line takes its predecessor along (追い出し). A word that is wider
 * than a line is broken anywhere. Spaces at a line's end are dropped. `measure` must be additive, as
 * a document's is; its unit is that of `width`.
 */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split('\n').flatMap(paragraph => linesOf(clustersOf(paragraph), width, measure))
}

function linesOf(clusters: string[], width: number, measure: (text: string) => number) {
  const widths = clusters.map(measure)
  const lines: string[] = []
  let start = 0
  let chance = 0
  let used = 0
  let before = ''
  let isApart = false
  for (const [index, cluster] of clusters.entries()) {
    if (isBreakable(before, cluster, isApart)) chance = index
    isApart = isSpace(cluster)
    if (!isApart) before = cluster
    used += widths[index] as number
    while (used > width + tolerance && index > start && !isSpace(cluster)) {
      const end = chance > start ? chance : index
      lines.push(lineOf(clusters, start, end))
      start = end
      used = sum(widths, start, index + 1)
    }
  }
  lines.push(lineOf(clusters, start, clusters.length))
  return lines
}

/** What sums of floating-point widths may be off by, in points. */
const tolerance = 1e-6

function lineOf(clusters: string[], start: number, end: number) {
  return clusters.slice(start, end).join('').trimEnd()
}

function sum(widths: number[], start: number, end: number) {
  let total = 0
  for (let index = start; index < end; index++) total += widths[index] as number
  return total
}
