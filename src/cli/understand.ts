import { parseArgs } from 'node:util'
import { nearest } from '../near.ts'
import { type Call, type Command, type Options, WrongUsage } from './command.ts'

/** What was typed after the name of a command. Throws where the command does not know it. */
export function understand(name: string, { options }: Command, words: string[]): Call {
  const rules = Object.fromEntries(
    Object.entries(options).map(([flag, rule]) => [flag, plain(rule)])
  )
  const { tokens, values, positionals } = parseArgs({
    args: words,
    options: rules,
    allowPositionals: true,
    strict: false,
    tokens: true
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const rule = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!rule) throw new WrongUsage(unknown(name, token.rawName, options))
    const complaint = misuse(rule, token.rawName, token.value)
    if (complaint) throw new WrongUsage(`${complaint} "beanline help ${name}" says more.`)
  }
  return { words: positionals, values: values as Call['values'] }
}

function plain({ type, short, multiple = false, default: standard }: Options[string]) {
  return {
    type,
    multiple,
    ...(short && { short }),
    ...(standard !== undefined && { default: standard })
  }
}

function unknown(name: string, flag: string, options: Options) {
  const flags = Object.keys(options).map(one => `--${one}`)
  const meant = nearest(flag, flags)
  const hint = meant ? `did you mean ${meant}?` : `"beanline help ${name}" lists all.`
  return `"beanline ${name}" has no option ${flag}: ${hint}`
}

function misuse({ type, value }: Options[string], flag: string, given: string | undefined) {
  if (type === 'boolean') return given !== undefined && `${flag} takes no value.`
  const isMissing = given === undefined || given === '' || /^--[a-z]/.test(given)
  return isMissing && `${flag} wants a value, as in ${flag} ${value ?? 'TEXT'}.`
}
