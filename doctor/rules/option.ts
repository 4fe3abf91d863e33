import { type NamedSetting, type Source, settingsIn } from '../../infra/option-settings.ts'
import { nearest } from '../../src/near.ts'
import { isPending, source } from '../environment.ts'
import type { Finding, Rule } from '../finding.ts'
import { balancerOptions } from '../options/balancer.ts'
import { beanstalkOptions, openNamespaces } from '../options/beanstalk.ts'
import { instanceOptions } from '../options/instance.ts'
import type { Kind } from '../options/value.ts'
import { extensionFiles, type Project, pathsLike, savedConfigurations } from '../project.ts'

const known: Record<string, Record<string, Kind>> = {
  ...instanceOptions,
  ...balancerOptions,
  ...beanstalkOptions
}
const namespaces = [...Object.keys(known), ...openNamespaces]

export const optionNamespaces: Rule = {
  name: 'option-namespaces',
  checks: 'every namespace of an option exists on the Node.js platform of Amazon Linux 2023',
  find: project => everySetting(project).flatMap(wrongNamespace)
}

export const optionNames: Rule = {
  name: 'option-names',
  checks: 'every option exists in its namespace',
  find: project => everySetting(project).flatMap(wrongName)
}

export const optionValues: Rule = {
  name: 'option-values',
  checks: 'every option has a value within its range',
  find: project => everySetting(project).flatMap(wrongValue)
}

function wrongNamespace({ namespace, namespaceLine: line, file }: NamedSetting): Finding[] {
  if (optionsOf(namespace) || openNamespaces.includes(bare(namespace))) return []
  const isOld = /^aws:elasticbeanstalk:container:/.test(namespace)
  const meant = nearest(namespace, namespaces)
  const problem = `There is no namespace ${namespace}${isOld ? ' any more' : ''}.`
  const onAws = 'the deploy fails: "Invalid option specification … Unknown configuration setting".'
  const old =
    'delete it; what it set is in the Procfile and in .platform/nginx since Amazon Linux 2.'
  const fix = meant
    ? `write ${meant}.`
    : 'look it up in "General options for all environments" of the Developer Guide.'
  return [{ file, line, problem, onAws, fix: isOld ? old : fix }]
}

function wrongName({ namespace, option, file, line }: NamedSetting): Finding[] {
  const options = optionsOf(namespace)
  if (!options || Object.hasOwn(options, option)) return []
  const meant = nearest(option, Object.keys(options)) ?? wordsMeant(option, Object.keys(options))
  return [
    {
      file,
      line,
      problem: `${namespace} has no option "${option}".`,
      onAws: 'the deploy fails: "Invalid option specification … Unknown configuration setting".',
      fix: meant ? `write ${meant}.` : `use one of ${Object.keys(options).join(', ')}.`
    }
  ]
}

function wrongValue({ namespace, option, value, file, line }: NamedSetting): Finding[] {
  const kind = optionsOf(namespace)?.[option]
  if (!kind || isPending(value) || kind.fits(value)) return []
  return [
    {
      file,
      line,
      problem: `${option} is "${value}".`,
      onAws: 'the deploy fails: "Invalid option value".',
      fix: `set it to ${kind.means}.`
    }
  ]
}

function everySetting(project: Project): NamedSetting[] {
  const paths = [...pathsLike(project, extensionFiles), ...pathsLike(project, savedConfigurations)]
  return paths.flatMap(path => settingsOnce(source(project, path)))
}

const read = new Map<string, NamedSetting[]>()

/** Three rules ask for the same. */
function settingsOnce({ path, text }: Source): NamedSetting[] {
  const key = `${path}\n${text}`
  const settings = read.get(key) ?? settingsIn({ path, text })
  read.set(key, settings)
  return settings
}

function optionsOf(namespace: string): Record<string, Kind> | undefined {
  const name = bare(namespace)
  return known[name] ?? known[name.replace(/:[^:]+$/, ':*')]
}

/** `eb config save` puts the resource before some: `AWSEBAutoScalingGroup.aws:autoscaling:asg`. */
function bare(namespace: string): string {
  return namespace.replace(/^AWSEB\w+\./, '')
}

/** `Visibility` for `VisibilityTimeout`: the beginning of exactly one. */
function wordsMeant(option: string, names: string[]): string | undefined {
  const [first, ...more] = names.filter(name => name.startsWith(option) || option.startsWith(name))
  return more.length === 0 ? first : undefined
}
