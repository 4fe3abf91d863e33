import type { Report, Rule } from './finding.ts'
import type { Project } from './project.ts'
import { rules, syntax } from './rules.ts'

/** All findings, by place. While a file is no valid YAML, only that is said: the rest would be guesses. */
export async function examine(project: Project): Promise<Report[]> {
  const broken = await run([syntax], project)
  return broken.length > 0 ? broken : await run(rules, project)
}

/** The findings of some rules, each once: what stands in the bundle is wrong in both environments. */
export async function run(some: readonly Rule[], project: Project): Promise<Report[]> {
  const reports = new Map<string, Report>()
  for (const { name: rule, find } of some)
    for (const finding of await find(project)) {
      const { file, line, problem } = finding
      reports.set(`${file}:${line}:${problem}`, { rule, ...finding })
    }
  return [...reports.values()].sort((a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line)
}
