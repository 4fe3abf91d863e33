import { environments, placeFor, properties, setting } from '../environment.ts'
import type { Rule } from '../finding.ts'
import { installedScripts } from './package.ts'

/** The platform runs `npm --omit=dev install` with the properties of the environment. */
export const npmSettings: Rule = {
  name: 'npm-settings',
  checks: 'npm brings no development packages, and runs no install script that needs a compiler',
  find: project => {
    const [compiled] = installedScripts(project)
    return environments(project).flatMap(environment => {
      const all = setting(environment, properties, 'NPM_USE_PRODUCTION')
      const ignored = setting(environment, properties, 'NPM_CONFIG_IGNORE_SCRIPTS')
      const tools = all?.value.toLowerCase() === 'false' ? [developers(all)] : []
      if (!compiled || ignored?.value === 'true') return tools
      return [...tools, compiles(compiled, ignored ?? placeFor(environment, properties))]
    })
  }
}

type Place = { file: string; line: number }

function developers({ file, line }: Place) {
  return {
    file,
    line,
    problem: 'NPM_USE_PRODUCTION is false.',
    onAws: 'every instance fetches the development packages too, and a deploy may run out of time.',
    fix: 'delete it.'
  }
}

function compiles(name: string, { file, line }: Place) {
  return {
    file,
    line,
    problem: `NPM_CONFIG_IGNORE_SCRIPTS is not true, and ${name} has an install script.`,
    onAws: 'npm runs it; where it needs a compiler, the deploy fails.',
    fix: 'set NPM_CONFIG_IGNORE_SCRIPTS to "true" in .ebextensions, or do without the package.'
  }
}
