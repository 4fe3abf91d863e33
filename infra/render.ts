import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Document, isPair, isScalar, parseDocument, type Scalar, visit } from 'yaml'
import { command, type Outputs, readOutputs } from './output.ts'

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
export function renderConfig(template: string, outputs: Outputs): string {
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

function unknownNames({ scalar }: Setting, outputs: Outputs) {
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

const help = `npm run -s eb:render -- FILE

Writes .elasticbeanstalk/saved_configs/{web,worker}.cfg.yml: those of infra/eb/ with the outputs of the stack
that infra/shared.yaml makes. FILE is its description, or - for standard input.
${command}
`

function start(args: string[]) {
  if (args.some(arg => arg === '--help' || arg === '-h')) return void process.stdout.write(help)
  const [source, ...others] = args
  if (!source || others.length > 0 || /^-./.test(source))
    throw new Error(`Name one file with the outputs, or - for standard input. ${command}`)
  const outputs = readOutputs(read(source))
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

function read(source: string) {
  try {
    return readFileSync(source === '-' ? 0 : source, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'is a folder' : "can't be read"
    throw new Error(`${source} ${why}: name a file with the description of the stack. ${command}`, {
      cause: error
    })
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
