import type { Report, Rule } from './finding.ts'

/** As a good compiler does: where, what, why, and what to do. */
export function renderReport({ file, line, rule, problem, onAws, fix }: Report): string {
  return `${file}:${line}  ${rule}\n  ${problem}\n  On AWS: ${onAws}\n  Fix: ${fix}\n`
}

export function renderCount(reports: Report[], rules: readonly Rule[], milliseconds: number) {
  const took = `${rules.length} rules in ${(milliseconds / 1000).toFixed(1)} s`
  if (reports.length === 0) return `Nothing wrong is found (${took}).`
  const files = new Set(reports.map(({ file }) => file)).size
  return `${plural(reports.length, 'finding')} in ${plural(files, 'file')} (${took}).`
}

export function renderList(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ name }) => name.length))
  return rules.map(({ name, checks }) => `${name.padEnd(width)}  ${checks}`).join('\n')
}

function plural(count: number, word: string) {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
