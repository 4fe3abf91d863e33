import {
  effectiveSettings,
  type OptionSettings,
  type Setting,
  type Source
} from '../infra/option-settings.ts'
import { tierVariables } from '../src/config.ts'
import { extensionFiles, type Project, pathsLike, savedConfigurations, yamlOf } from './project.ts'
import { at, textOf } from './yaml.ts'

export const sqsd = 'aws:elasticbeanstalk:sqsd'
export const properties = 'aws:elasticbeanstalk:application:environment'
export const secrets = 'aws:elasticbeanstalk:application:environmentsecrets'

/** An environment as Beanstalk would make it of the bundle and one saved configuration. */
export type Environment = {
  tier: 'web' | 'worker'
  /** The saved configuration. */
  file: string
  options: OptionSettings
}

const known = new WeakMap<Project, Environment[]>()

export function environments(project: Project): Environment[] {
  const made = known.get(project) ?? makeEnvironments(project)
  known.set(project, made)
  return made
}

function makeEnvironments(project: Project): Environment[] {
  const extensions = extensionSources(project)
  return pathsLike(project, savedConfigurations).map(file => ({
    tier: tierOf(project, file),
    file,
    options: effectiveSettings(extensions, source(project, file))
  }))
}

export function environmentsOf(project: Project, tier: Environment['tier']): Environment[] {
  return environments(project).filter(environment => environment.tier === tier)
}

/** Where sqsd runs: the worker environments; where none is saved, the one that the bundle alone makes. */
export function sqsdEnvironments(project: Project): Environment[] {
  const saved = environmentsOf(project, 'worker')
  if (saved.length > 0) return saved
  const options = effectiveSettings(extensionSources(project))
  const [first] = Object.values(options[sqsd] ?? {})
  return first ? [{ tier: 'worker', file: first.file, options }] : []
}

export function extensionSources(project: Project): Source[] {
  return pathsLike(project, extensionFiles).map(path => source(project, path))
}

export function source(project: Project, path: string): Source {
  return { path, text: project.texts.get(path) ?? '' }
}

export function setting(
  { options }: Environment,
  namespace: string,
  option: string
): Setting | undefined {
  return options[namespace]?.[option]
}

/** An environment property, or the default that src/config.ts has for it. */
export function property(environment: Environment, name: string): string {
  const variable = tierVariables.find(other => other.name === name)
  return setting(environment, properties, name)?.value ?? String(variable?.standard ?? '')
}

/** Where an option would stand that is missing: at the others of its namespace. */
export function placeFor({ options, file }: Environment, namespace: string) {
  const others = Object.values(options[namespace] ?? {}).filter(set => set.file === file)
  return { file, line: others.length > 0 ? Math.min(...others.map(({ line }) => line)) : 1 }
}

/** An option as a number, where it is one. */
export function seconds(environment: Environment, option: string): number | undefined {
  const value = setting(environment, sqsd, option)?.value
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
}

/** True for what is known only later: a placeholder of `infra/render.ts`, or a function of CloudFormation. */
export function isPending(value: string): boolean {
  return /REPLACE_\w/.test(value) || /^`[\s\S]*`$/.test(value)
}

function tierOf(project: Project, file: string): Environment['tier'] {
  const name = textOf(at(yamlOf(project, file)?.root, 'EnvironmentTier', 'Name'))
  return name?.toLowerCase() === 'worker' ? 'worker' : 'web'
}
