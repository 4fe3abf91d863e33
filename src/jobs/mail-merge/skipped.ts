import { type Language, speak } from '../../language.ts'
import { describe, type RowProblem } from './row.ts'

/** How many rows the warnings name; more are in a file. */
const listed = 10

export function skippedWarnings(problems: RowProblem[], language: Language): string[] {
  if (problems.length === 0) return []
  const t = speak(language)
  const count = new Set(problems.map(({ row }) => row)).size
  const head = t(
    `エラーのある${count}行をとばしました。`,
    `${count} rows with errors were skipped.`
  )
  const shown = problems.slice(0, listed).map(problem => describe(problem)[language])
  const rest = problems.length - shown.length
  const more = t(
    `ほか${rest}件のエラーは、添付の一覧（CSV）をご覧ください。`,
    `${rest} more errors are in the list beside it (CSV).`
  )
  return [head, ...shown, ...(rest > 0 ? [more] : [])]
}

/** The rows that were skipped, as CSV for Excel; nothing if the warnings name all of them. */
export function skippedFile(problems: RowProblem[], language: Language): Buffer | undefined {
  if (problems.length <= listed) return undefined
  const t = speak(language)
  const head = [t('行', 'Row'), t('列', 'Column'), t('値', 'Value'), t('理由', 'Reason')]
  const rows = problems.map(({ row, column, value, sentence }) =>
    [String(row), column[language], value, sentence[language]].map(harmless)
  )
  const lines = [head, ...rows].map(cells => cells.map(quoted).join(','))
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

/**
 * A spreadsheet would take such a cell for a formula and run it (OWASP, "CSV Injection"): at its start, and
 * after a semicolon or a tab, where Excel begins another cell in countries that separate them so.
 */
function harmless(cell: string) {
  return cell.replace(beforeFormula, (space, offset) =>
    offset === 0 || /[;\t\r\n]/.test(space) ? `${space}'` : space
  )
}

const beforeFormula = /(?<![;"\s])[;"\s]*(?=[=+\-@＝＋－＠])/g

function quoted(cell: string) {
  return `"${cell.replaceAll('"', '""')}"`
}
