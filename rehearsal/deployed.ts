import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { effectiveSettings, type OptionSettings } from '../infra/option-settings.ts'
import { renderConfig } from '../infra/render.ts'
import { options } from '../src/sqsd/option.ts'
import type { Environment } from './program.ts'

export type Tier = 'web' | 'worker'

const region = 'ap-northeast-1'

/** The options of an environment: the bundle's .ebextensions, and over them the rendered configuration. */
export function deployedSettings(
  root: string,
  bundle: string,
  tier: Tier,
  outputs: Record<string, string>
): OptionSettings {
  const path = `infra/eb/${tier}.cfg.yml`
  const template = readFileSync(join(root, path), 'utf8')
  const saved = { path, text: renderConfig(template, outputs) }
  return effectiveSettings(extensionsOf(bundle), saved)
}

/** The environment properties that every environment of a bundle has, as .ebextensions sets them. */
export function sharedProperties(bundle: string): Environment {
  return propertiesOf(effectiveSettings(extensionsOf(bundle)), {})
}

function extensionsOf(bundle: string) {
  const files = globSync('.ebextensions/*.config', { cwd: bundle })
  return files.map(path => ({ path, text: readFileSync(join(bundle, path), 'utf8') }))
}

/** The environment properties, with the secrets in place as Beanstalk fetches them. */
export function propertiesOf(settings: OptionSettings, secrets: Record<string, string>) {
  const plain = valuesOf(settings, 'aws:elasticbeanstalk:application:environment')
  const hidden = valuesOf(settings, 'aws:elasticbeanstalk:application:environmentsecrets')
  const properties: Environment = {}
  for (const [name, value] of Object.entries(plain)) properties[name] = resolved(name, value)
  for (const [name, arn] of Object.entries(hidden)) {
    const secret = secrets[arn]
    if (secret === undefined) throw new Error(`${name}: there is no secret ${arn}.`)
    properties[name] = secret
  }
  return properties
}

/** The deployed options of sqsd as flags of ours. */
export function sqsdFlags(settings: OptionSettings): string[] {
  const deployed = valuesOf(settings, 'aws:elasticbeanstalk:sqsd')
  return Object.values(options).flatMap(({ beanstalk, flag }) => {
    const value = beanstalk && deployed[beanstalk]
    return value === undefined ? [] : [`--${flag}`, value]
  })
}

function valuesOf(settings: OptionSettings, namespace: string): Record<string, string> {
  const entries = Object.entries(settings[namespace] ?? {})
  return Object.fromEntries(entries.map(([name, { value }]) => [name, value]))
}

/** Back-ticked functions are CloudFormation's; the region is the only one that can be known here. */
function resolved(name: string, value: string) {
  if (!value.startsWith('`')) return value
  if (/"Ref"\s*:\s*"AWS::Region"/.test(value)) return region
  throw new Error(
    `${name} is ${value}, which only CloudFormation can resolve; see rehearsal/deployed.ts.`
  )
}
