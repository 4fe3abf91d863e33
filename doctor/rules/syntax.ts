import type { Finding, Rule } from '../finding.ts'
import {
  extensionFiles,
  type Project,
  pathsLike,
  savedConfigurations,
  templates,
  yamlOf
} from '../project.ts'

const others = /^(cron\.yaml|\.elasticbeanstalk\/[^/]+\.yml)$/
const all = [extensionFiles, savedConfigurations, templates, others]

/** Comes before the other rules, which can't read such a file. */
export const syntax: Rule = {
  name: 'yaml-syntax',
  checks: 'every file for Beanstalk and CloudFormation is valid YAML',
  find: project =>
    firstOfEach(problems(project).filter(({ isDuplicate }) => !isDuplicate)).map(
      ({ file, line, message }) => ({
        file,
        line,
        problem: `This is no valid YAML: ${message}.`,
        onAws: 'the whole deploy or the whole stack fails, with an error that names no line.',
        fix: 'indent with spaces only, put a space after each colon, and quote what begins with *, &, @, ` or %.'
      })
    )
}

export const duplicateKeys: Rule = {
  name: 'yaml-duplicate-keys',
  checks: 'no key is given twice in a map',
  find: project =>
    problems(project)
      .filter(({ isDuplicate }) => isDuplicate)
      .map(duplicate)
}

function duplicate({ file, line }: { file: string; line: number }): Finding {
  return {
    file,
    line,
    problem: 'This map has a key twice.',
    onAws: 'the last one counts and the other is dropped without a word.',
    fix: 'delete one of the two, or put both under one key.'
  }
}

function problems(project: Project) {
  const paths = new Set(all.flatMap(pattern => pathsLike(project, pattern)))
  return [...paths].flatMap(file =>
    (yamlOf(project, file)?.problems ?? []).map(problem => ({ file, ...problem }))
  )
}

/** What follows from a mistake is not told. */
function firstOfEach<Problem extends { file: string }>(all: Problem[]): Problem[] {
  return all.filter(({ file }, index) => all.findIndex(other => other.file === file) === index)
}
