import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type ScalarTag } from 'yaml'
import { readBeanstalkSettings } from '../src/sqsd/ebextensions.ts'
import type { Rule } from './policy.ts'

export type Declared = Rule & { httpConnections: number }

const template = 'infra/worker-scaling.yaml'
const configuration = 'infra/eb/worker.cfg.yml'

/**
 * What the files of the deployment declare; `root` is where they are. Throws a sentence that names the
 * file when one is missing, or a number in it is none.
 */
export function readDeclared(root: string): Declared {
  const policy = readPolicy(root)
  const options = readYaml(root, configuration)['OptionSettings'] ?? {}
  const asg = options['aws:autoscaling:asg'] ?? {}
  return {
    targetValue: number(
      template,
      'TargetValue',
      policy['TargetTrackingConfiguration']?.TargetValue
    ),
    warmupSeconds: number(template, 'EstimatedInstanceWarmup', policy['EstimatedInstanceWarmup']),
    minSize: number(configuration, 'MinSize', asg.MinSize),
    maxSize: number(configuration, 'MaxSize', asg.MaxSize),
    httpConnections: readConnections(root, options['aws:elasticbeanstalk:sqsd'])
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a YAML file holds is known when it is read.
type Yaml = Record<string, any>

function readPolicy(root: string): Yaml {
  const { Resources = {}, Parameters = {} } = readYaml(root, template)
  const resources = Object.values<Yaml>(Resources)
  const policy = resources.find(({ Type }) => Type === 'AWS::AutoScaling::ScalingPolicy')
  if (!policy) throw new Error(`${template} has no AWS::AutoScaling::ScalingPolicy.`)
  return resolve(policy['Properties'], Parameters) as Yaml
}

/** Puts the default of a parameter where the template refers to it. */
function resolve(value: unknown, parameters: Yaml): unknown {
  if (Array.isArray(value)) return value.map(item => resolve(item, parameters))
  if (typeof value !== 'object' || value === null) return value
  if ('Ref' in value) return parameters[String(value.Ref)]?.Default ?? `!Ref ${value.Ref}`
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolve(inner, parameters)])
  )
}

/** A saved configuration counts before `.ebextensions`. */
function readConnections(root: string, saved: Yaml = {}) {
  const folder = join(root, '.ebextensions')
  const { given } = readBeanstalkSettings(folder)
  return number(folder, 'HttpConnections', saved['HttpConnections'] ?? given.httpConnections?.text)
}

const reference: ScalarTag = { tag: '!Ref', resolve: Ref => ({ Ref }) }

function readYaml(root: string, file: string): Yaml {
  const path = join(root, file)
  if (!existsSync(path)) throw new Error(`${path} is not there: the rule is read from it.`)
  return parse(readFileSync(path, 'utf8'), { customTags: [reference], logLevel: 'error' })
}

function number(file: string, name: string, value: unknown): number {
  const found = Number(value ?? Number.NaN)
  if (Number.isFinite(found)) return found
  throw new Error(`${file}: ${name} is ${value ?? 'not set'}; set it to a number.`)
}
