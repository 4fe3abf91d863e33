import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Finding, run } from './run.ts'
import { targets } from './targets.ts'

const help = `npm run fuzz -- [target …] [--inputs 100000] [--seed 1] [--file input]

Gives each reader of what strangers send so many good examples with something changed, and stops at the
first that it answers with anything but a result or a sentence, or not in time; that input is kept in
data/fuzz/ and given again with --file.

Targets: ${targets.map(({ name }) => name).join(', ')}
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string' },
    help: { type: 'boolean', default: false }
  }
})

const number = (value: number) => Math.round(value).toLocaleString('en')

async function start() {
  if (values.help) return process.stdout.write(help)
  const unknown = positionals.find(word => !targets.some(({ name }) => name === word))
  if (unknown) throw new Error(`There is no target "${unknown}".\n\n${help}`)
  const isWanted = (name: string) => positionals.length === 0 || positionals.includes(name)
  for (const target of targets) if (isWanted(target.name)) await fuzz(target)
  return true
}

async function fuzz({ name, url, share = 1, seconds }: (typeof targets)[number]) {
  const inputs = values.file ? 1 : Math.max(1, Math.ceil(Number(values.inputs) * share))
  const began = performance.now()
  let told = began
  const outcome = await run({
    url,
    inputs,
    seed: Number(values.seed),
    ...(values.file ? { input: readFileSync(values.file) } : {}),
    ...(seconds ? { secondsEach: seconds } : {}),
    tell(done) {
      const now = performance.now()
      if (now - told < 10_000) return
      told = now
      const rate = done / ((now - began) / 1000)
      process.stdout.write(`${name}: ${number(done)} of ${number(inputs)}, ${number(rate)}/s\n`)
    }
  })
  if (outcome.finding) return report(name, outcome.finding)
  const rate = number(inputs / outcome.seconds)
  const slowest = `slowest ${number(outcome.slowest)} ms`
  process.stdout.write(`${name}: ${number(inputs)} inputs, ${rate}/s, ${slowest}, no finding\n`)
}

/** Keeps the input and ends the run. */
function report(name: string, { reason, input, number }: Finding): never {
  const folder = join(import.meta.dirname, '../data/fuzz')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${values.seed}-${number ?? 'stuck'}`)
  writeFileSync(file, input)
  process.stderr.write(`${name}: ${reason}\nInput: npm run fuzz -- ${name} --file ${file}\n`)
  process.exit(1)
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
