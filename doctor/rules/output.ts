import { nearest } from '../../src/near.ts'
import type { Finding, Rule } from '../finding.ts'
import { type Project, pathsLike } from '../project.ts'
import { outputs } from '../template.ts'

/** Filled in by `infra/render.ts`. */
const source = /^infra\/eb\/[^/]+\.cfg\.yml$/
const rendered = /^\.elasticbeanstalk\/(saved_configs\/)?[^/]+\.cfg\.yml$/

export const placeholders: Rule = {
  name: 'placeholders',
  checks: 'every REPLACE_… of a saved configuration is an output of infra/',
  find: project => {
    const known = outputs(project)
    return occurrences(project, source)
      .filter(({ name }) => !known.includes(name))
      .map(({ file, line, name }) => {
        const meant = nearest(name, known)
        return {
          file,
          line,
          problem: `No template in infra/ has an output ${name}.`,
          onAws:
            "the configuration can't be filled in, or goes out with the placeholder as its value.",
          fix: meant ? `write REPLACE_${meant}.` : `add the output ${name} to infra/shared.yaml.`
        }
      })
  }
}

export const renderedPlaceholders: Rule = {
  name: 'rendered',
  checks: 'no rendered configuration has a REPLACE_… left',
  find: project =>
    occurrences(project, rendered).map(
      ({ file, line, name }): Finding => ({
        file,
        line,
        problem: `REPLACE_${name} was not filled in.`,
        onAws: 'the environment is made with the placeholder as its value, or not at all.',
        fix: 'run npm run eb:render with the outputs of the stack.'
      })
    )
}

function occurrences(project: Project, files: RegExp) {
  return pathsLike(project, files).flatMap(file =>
    (project.texts.get(file) ?? '').split('\n').flatMap((text, index) => {
      const said = text.replace(/(^|\s)#.*$/, '')
      const names = [...said.matchAll(/REPLACE_([A-Za-z0-9]+)/g)].map(([, name = '']) => name)
      return [...new Set(names)].map(name => ({ file, line: index + 1, name }))
    })
  )
}
