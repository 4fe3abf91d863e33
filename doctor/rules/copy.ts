import { effectiveSettings, type Setting } from '../../infra/option-settings.ts'
import { environmentsOf, extensionSources, setting, sqsd } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'

/** The settings of sqsd stand in the bundle with their reasons, and in the saved configuration, which counts. */
export const sqsdCopies: Rule = {
  name: 'sqsd-copies',
  checks: 'what .ebextensions and a saved configuration both set of sqsd is the same',
  find: project => {
    const bundled = effectiveSettings(extensionSources(project))[sqsd] ?? {}
    return environmentsOf(project, 'worker').flatMap(worker =>
      Object.entries(bundled).flatMap(([name, own]) =>
        differ(name, own, setting(worker, sqsd, name))
      )
    )
  }
}

function differ(name: string, own: Setting, winner: Setting | undefined): Finding[] {
  if (!winner || winner.value === own.value) return []
  return [
    {
      file: own.file,
      line: own.line,
      problem: `${name} is ${own.value} here, and ${winner.value} in ${winner.file}:${winner.line}, which wins.`,
      onAws: 'sqsd goes by the other one, whatever the comments here say.',
      fix: 'write in both what you mean, and render the saved configurations again.'
    }
  ]
}
