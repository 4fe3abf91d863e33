/** A line of the table: what was measured, and what it was to be. */
export type Row = { measure: string; figure: string; must: string; aim: string; verdict: Verdict }
type Verdict = 'aim met' | 'must met' | 'MISSED'

type Goal = { must: number; aim: number; unit: string }

/** A figure that is to be small, such as milliseconds. */
export function atMost(measure: string, value: number, { must, aim, unit }: Goal): Row {
  const verdict = value <= aim ? 'aim met' : value <= must ? 'must met' : 'MISSED'
  return rowOf(measure, value, { must, aim, unit }, '≤', verdict)
}

/** A figure that is to be large, such as how many times faster. */
export function atLeast(measure: string, value: number, { must, aim, unit }: Goal): Row {
  const verdict = value >= aim ? 'aim met' : value >= must ? 'must met' : 'MISSED'
  return rowOf(measure, value, { must, aim, unit }, '≥', verdict)
}

function rowOf(
  measure: string,
  value: number,
  { must, aim, unit }: Goal,
  sign: string,
  verdict: Verdict
): Row {
  const wish = (goal: number) => `${sign} ${goal.toLocaleString('en')} ${unit}`
  return { measure, figure: `${shown(value)} ${unit}`, must: wish(must), aim: wish(aim), verdict }
}

function shown(value: number) {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** The table in Markdown, as documents have it. */
export function tableOf(rows: Row[]): string {
  const head = ['measure', 'here', 'must', 'aim', '']
  const cells = [
    head,
    ...rows.map(({ measure, figure, must, aim, verdict }) => [measure, figure, must, aim, verdict])
  ]
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map(row => (row[column] as string).length))
  )
  const lines = cells.map(
    row => `| ${row.map((cell, at) => cell.padEnd(widths[at] as number)).join(' | ')} |`
  )
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
