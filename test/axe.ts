import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Finding = { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }

/** What axe-core finds on the page that is serious or critical, a line for each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The page's own rules let no script in but its own; an evaluation is not bound by them.
  await page.evaluate(source)
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(result => result.violations)'
  )) as Finding[]
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)
    )
}
