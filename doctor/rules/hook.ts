import type { Rule } from '../finding.ts'
import { lineOf, pathsLike } from '../project.ts'

const hooks = /^\.platform\/(config)?hooks\//

export const hookPlaces: Rule = {
  name: 'hook-places',
  checks: 'every hook is in prebuild/, predeploy/ or postdeploy/',
  find: project =>
    pathsLike(project, hooks)
      .filter(file => !/hooks\/(prebuild|predeploy|postdeploy)\/[^/]+$/.test(file))
      .map(file => ({
        file,
        line: 1,
        problem: 'No hook of the platform is called so.',
        onAws: 'it never runs.',
        fix: 'move it into prebuild/, predeploy/ or postdeploy/.'
      }))
}

export const hookScripts: Rule = {
  name: 'hook-scripts',
  checks: 'every hook begins with #! and has line ends of Unix',
  find: project =>
    pathsLike(project, hooks).flatMap(file => {
      const text = project.texts.get(file) ?? ''
      const isDos = text.includes('\r')
      if (!isDos && text.startsWith('#!')) return []
      return [
        {
          file,
          line: isDos ? lineOf(project, file, /\r/) : 1,
          problem: isDos
            ? 'The line ends are those of Windows (CRLF).'
            : 'The first line is no "#!…".',
          onAws:
            'the hook fails ("bad interpreter" or "exec format error"), and the deploy with it.',
          fix: isDos
            ? 'add "*.sh text eol=lf" to .gitattributes and check it out again.'
            : 'begin with #!/bin/bash.'
        }
      ]
    })
}
