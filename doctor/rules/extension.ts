import { type Node, visit } from 'yaml'
import { nearest } from '../../src/near.ts'
import type { Finding, Rule } from '../finding.ts'
import { extensionFiles, type Project, pathsLike, yamlOf } from '../project.ts'
import { at, entries, items, textOf, type Yaml } from '../yaml.ts'

/** All keys that the Developer Guide has for .ebextensions; `Conditions` is none of them. */
const topLevel = [
  ...['option_settings', 'Resources', 'Parameters', 'Outputs', 'Mappings', 'packages', 'groups'],
  ...['users', 'sources', 'files', 'commands', 'services', 'container_commands']
]

export const extensionKeys: Rule = {
  name: 'ebextensions-keys',
  checks: 'a .config file has only keys that Beanstalk knows',
  find: each(({ file, root, lineOf }) =>
    entries(root)
      .filter(({ name }) => !topLevel.includes(name))
      .map(({ name, key }) => {
        const meant = nearest(name, topLevel)
        return {
          file,
          line: lineOf(key),
          problem: `"${name}" is no key of .ebextensions.`,
          onAws: 'the file is skipped with a warning that scrolls by, and nothing in it applies.',
          fix: meant ? `write ${meant}.` : `use one of ${topLevel.join(', ')}.`
        }
      })
  )
}

export const extensionNames: Rule = {
  name: 'ebextensions-names',
  checks: 'a file directly in .ebextensions that holds settings is named *.config',
  find: project =>
    pathsLike(project, /^\.ebextensions\/[^/]+\.(ya?ml|json|conf|cfg)$/).map(file => ({
      file,
      line: 1,
      problem: 'Beanstalk reads only files named *.config here.',
      onAws: 'the file is ignored without a word.',
      fix: `rename it to ${file.replace(/\.\w+$/, '.config')}.`
    }))
}

export const optionForm: Rule = {
  name: 'ebextensions-form',
  checks: 'option_settings is a map of namespaces, or a list of namespace, option_name and value',
  find: each(({ file, root, lineOf }) => {
    const settings = at(root, 'option_settings')
    if (!settings) return []
    const listed = items(settings).filter(item => !at(item, 'option_name') || !at(item, 'value'))
    const mapped = entries(settings).filter(({ value }) => entries(value).length === 0)
    const isNeither = items(settings).length + entries(settings).length === 0
    const wrong: (Node | null)[] = [...listed, ...mapped.map(({ key }) => key)]
    return [...wrong, ...(isNeither ? [settings] : [])].map(node => ({
      file,
      line: lineOf(node),
      problem:
        'This is neither a namespace with a map of options nor an item with option_name and value.',
      onAws: 'the deploy fails: "Each option setting in configuration file … must be a map".',
      fix: 'write "namespace:" and below it "Option: value", each indented by two spaces more.'
    }))
  })
}

/** A bundle for both tiers can name only what both have. */
export const tierNeutral: Rule = {
  name: 'ebextensions-tiers',
  checks: 'nothing in .ebextensions names a resource that only one tier has',
  find: each(({ file, root, lineOf }) => {
    const found: Finding[] = []
    visit(root, {
      Scalar(_key, node) {
        const [id] = specific.exec(String(node.value)) ?? []
        if (id) found.push(specificFinding(file, lineOf(node), id))
      }
    })
    return found
  })
}

const specific =
  /\bAWSEB(WorkerQueue|WorkerDeadLetterQueue|WorkerCronLeaderRegistry|V2LoadBalancer\w*|LoadBalancer\w*|ElasticLoadBalancer|CloudwatchAlarm\w*)\b/

function specificFinding(file: string, line: number, id: string): Finding {
  const isWorker = id.startsWith('AWSEBWorker')
  return {
    file,
    line,
    problem: `${id} exists only in a ${isWorker ? 'worker' : 'web'} environment, and the bundle goes to both.`,
    onAws: `every deploy to the ${isWorker ? 'web' : 'worker'} tier fails: "Unresolved resource dependencies [${id}]".`,
    fix: isWorker
      ? 'use the queue of infra/shared.yaml, and put what needs its name into a stack of its own.'
      : 'set options of the load balancer in infra/eb/web.cfg.yml.'
  }
}

export const leaderTest: Rule = {
  name: 'ebextensions-leader',
  checks: 'no container command has both leader_only and test',
  find: each(({ file, root, lineOf }) =>
    entries(at(root, 'container_commands'))
      .filter(({ value }) => textOf(at(value, 'leader_only')) === 'true' && at(value, 'test'))
      .map(({ name, value }) => ({
        file,
        line: lineOf(at(value, 'test')),
        problem: `The command ${name} has both leader_only and test.`,
        onAws: 'leader_only wins, and the command runs whatever the test says.',
        fix: 'put the test into the command itself: "test … && command || true".'
      }))
  )
}

type Extension = Yaml & { file: string }

function each(find: (extension: Extension) => Finding[]) {
  return (project: Project): Finding[] =>
    pathsLike(project, extensionFiles).flatMap(file => {
      const yaml = yamlOf(project, file)
      return yaml ? find({ ...yaml, file }) : []
    })
}
