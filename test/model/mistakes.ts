import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Mistake, mistakes } from './mistake.ts'
import type { Bounds } from './model.ts'

const root = join(import.meta.dirname, '../..')

/** Gives each mistake to a copy of the engine, and throws if the model finds nothing wrong with one. */
export async function findMistakes(bounds: Bounds) {
  const survivors: string[] = []
  for (const mistake of mistakes) {
    const { promise, seconds } = await search(mistake, bounds)
    process.stdout.write(`${mistake.what}\n    ${promise ?? 'NOT FOUND'} (${seconds} s)\n`)
    if (!promise) survivors.push(mistake.what)
  }
  process.stdout.write(
    `${mistakes.length - survivors.length} of ${mistakes.length} mistakes found\n`
  )
  if (survivors.length > 0) throw new Error(`Add rules that find: ${survivors.join('; ')}.`)
}

/** The promise that the mistake breaks, as the model says. */
async function search(mistake: Mistake, bounds: Bounds) {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-mistake-'))
  const startedAt = performance.now()
  try {
    copyTo(folder)
    make(mistake, folder)
    const output = await run(folder, bounds)
    const promise = /^Broken: .*$/m.exec(output)?.[0]
    if (!promise && !/ sequences, /.test(output))
      throw new Error(`The model does not run: ${output}`)
    return { promise, seconds: Math.round((performance.now() - startedAt) / 1000) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function copyTo(folder: string) {
  for (const part of ['src', 'migrations', 'test', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}

function make({ what, file, right, wrong }: Mistake, folder: string) {
  const path = join(folder, 'src/queue', file)
  const source = readFileSync(path, 'utf8')
  if (source.split(right).length !== 2)
    throw new Error(
      `src/queue/${file} has changed: say anew in test/model/mistake.ts how "${what}".`
    )
  writeFileSync(
    path,
    source.replace(right, () => wrong)
  )
}

async function run(folder: string, { runs, seed }: Bounds): Promise<string> {
  const model = join(folder, 'test/model/main.ts')
  const options = ['--runs', String(runs), '--seed', String(seed), '--no-shrink']
  const child = spawn(process.execPath, [model, ...options])
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  return output + errors
}
