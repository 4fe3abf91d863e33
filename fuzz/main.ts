import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, helpText, readCommand } from './command.ts'
import { type Finding, run } from './run.ts'
import { targets } from './targets.ts'

type Target = (typeof targets)[number]

const number = (value: number) => Math.round(value).toLocaleString('en')

/** `npm run fuzz`: one target after the other. */
async function start() {
  const known = targets.map(({ name }) => name)
  const command = readCommand(process.argv.slice(2), known)
  if (command.isHelp) return void process.stdout.write(helpText(known))
  for (const target of targets) if (command.names.includes(target.name)) await fuzz(target, command)
}

async function fuzz({ name, url, share = 1, seconds }: Target, { file, seed, ...given }: Command) {
  const inputs = file ? 1 : Math.ceil(given.inputs * share)
  const began = performance.now()
  let told = began
  const outcome = await run({
    url,
    inputs,
    seed,
    ...(file ? { input: readFileSync(file) } : {}),
    ...(seconds ? { secondsEach: seconds } : {}),
    tell(done) {
      const now = performance.now()
      if (now - told < 10_000) return
      told = now
      const rate = done / ((now - began) / 1000)
      process.stdout.write(`${name}: ${number(done)} of ${number(inputs)}, ${number(rate)}/s\n`)
    }
  })
  if (outcome.finding) return report(name, seed, outcome.finding)
  const rate = number(inputs / outcome.seconds)
  const slowest = `slowest ${number(outcome.slowest)} ms`
  process.stdout.write(`${name}: ${number(inputs)} inputs, ${rate}/s, ${slowest}, no finding\n`)
}

/** Keeps the input and ends the run. */
function report(name: string, seed: number, { reason, input, number }: Finding): never {
  const folder = join(import.meta.dirname, '../data/fuzz')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${seed}-${number ?? 'stuck'}`)
  writeFileSync(file, input)
  process.stderr.write(`${name}: ${reason}\nInput: npm run fuzz -- ${name} --file ${file}\n`)
  process.exit(1)
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
