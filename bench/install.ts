import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Installs the packages of a folder the first time; `one` is among them. Nothing but a benchmark needs them. */
export function installOnce(folder: string, one: string, what: string) {
  if (existsSync(join(folder, 'node_modules', one))) return
  process.stderr.write(`… ${what}\n`)
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', options, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
}
