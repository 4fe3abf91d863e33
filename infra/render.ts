import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Document, isPair, isScalar, parseDocument, type Scalar, visit } from 'yaml'

/** A setting of a template, and the namespace it is in. */
type Setting = { namespace: string; option: string; scalar: Scalar<string> }

const placeholder = /REPLACE_([A-Za-z0-9]+)/g
const properties = 'aws:elasticbeanstalk:application:environment'
/** Of a property (Elastic Beanstalk Developer Guide, "Environment Property Limits"). */
const propertyValue = /^[\p{L}\p{N}\s_.:/=+\\\-@'"]{0,256}$/u

/**
 * A saved configuration with the outputs of the stack for `REPLACE_<output>`. Throws one error that
 * names every output that is missing, and every value that Beanstalk would not take.
 */
export function renderConfig(template: string, outputs: Record<string, string>): string {
  const document = parseDocument(template)
  const [error] = document.errors
  if (error) throw error
  const settings = settingsOf(document)
  const missing = new Set(settings.flatMap(setting => unknownNames(setting, outputs)))
  if (missing.size > 0) throw new Error(complainOfMissing([...missing]))
  for (const { scalar } of settings)
    scalar.value = scalar.value.replace(placeholder, (_, name: string) => outputs[name] as string)
  const wrong = settings.flatMap(complaints)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return document.toString({ lineWidth: 0 })
}

/** The outputs in what `aws cloudformation describe-stacks --output json` prints about one stack. */
export function readOutputs(json: string): Record<string, string> {
  const [stack, ...others] = stacksIn(json)
  if (!stack || others.length > 0)
    throw new Error(`Describe one stack: add --stack-name to the command. ${command}`)
  const { StackName, StackStatus, Outputs = [] } = stack
  if (Outputs.length === 0)
    throw new Error(
      `The stack ${StackName} has no outputs (${StackStatus}): wait until it is made.`
    )
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
}

type Stack = {
  StackName: string
  StackStatus: string
  Outputs?: { OutputKey: string; OutputValue: string }[]
}

const command = 'The command is: aws cloudformation describe-stacks --stack-name … --output json'

function stacksIn(json: string): Stack[] {
  try {
    return JSON.parse(json).Stacks ?? []
  } catch {
    throw new Error(`This is not the JSON of a stack. ${command}`)
  }
}

function settingsOf(document: Document): Setting[] {
  const settings: Setting[] = []
  visit(document, {
    Scalar(key, scalar, path) {
      if (key !== 'value' || typeof scalar.value !== 'string') return
      const [, namespace = '', option = ''] = path.filter(isPair).map(nameOf)
      settings.push({ namespace, option, scalar: scalar as Scalar<string> })
    }
  })
  return settings
}

function nameOf({ key }: { key: unknown }) {
  return isScalar(key) ? String(key.value) : ''
}

function unknownNames({ scalar }: Setting, outputs: Record<string, string>) {
  const names = [...scalar.value.matchAll(placeholder)].map(([, name]) => String(name))
  return names.filter(name => !outputs[name])
}

function complainOfMissing(names: string[]) {
  const are = names.length === 1 ? 'output' : 'outputs'
  return `The stack has no ${are} ${names.join(', ')}: update it with infra/shared.yaml, and describe it again.`
}

function complaints({ namespace, option, scalar: { value } }: Setting): string[] {
  if (/\p{Cc}/u.test(value)) return [`${option} must be one line; it is ${JSON.stringify(value)}.`]
  if (namespace !== properties || propertyValue.test(value)) return []
  return [
    `${option} can't be "${value}": Beanstalk takes at most 256 characters, of letters, digits, spaces and _ . : / = + \\ - @ ' ".`
  ]
}

function start([source]: string[]) {
  if (!source)
    throw new Error(`Name the file with the outputs, or - for standard input. ${command}`)
  const outputs = readOutputs(readFileSync(source === '-' ? 0 : source, 'utf8'))
  const folder = join(import.meta.dirname, '../.elasticbeanstalk/saved_configs')
  const names = ['web.cfg.yml', 'worker.cfg.yml']
  const configs = names.map(name =>
    renderConfig(readFileSync(join(import.meta.dirname, 'eb', name), 'utf8'), outputs)
  )
  mkdirSync(folder, { recursive: true })
  for (const [index, name] of names.entries()) {
    writeFileSync(join(folder, name), configs[index] as string)
    process.stdout.write(`${relative(process.cwd(), join(folder, name))}\n`)
  }
}

if (import.meta.main) {
  try {
    start(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
