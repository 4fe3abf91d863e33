import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import type { Config } from '../src/config.ts'
import type { Kind } from '../src/queue/kind.ts'
import { openEngine } from './engine.ts'
import { openFolder } from './line.ts'

const program = join(import.meta.dirname, '../src/cli/main.ts')

export type Said = { code: number; out: string; err: string }
type Around = {
  environment?: Record<string, string>
  input?: string
  flags?: string[]
  cwd?: string
}

/** The command line as a process of its own, with nothing but these variables. */
export function startBeanline(args: string[], around: Around = {}) {
  const { environment = {}, flags = [], cwd } = around
  return spawn(process.execPath, [...flags, program, ...args], { cwd, env: environment })
}

/** What it says and how it ends. */
export async function beanline(args: string[], around: Around = {}): Promise<Said> {
  const child = startBeanline(args, around)
  child.stdin.end(around.input ?? '')
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close')
  ])
  return { code: code as number, out, err }
}

/** The variables of a tier, without its secrets. */
export function environmentOf(tier: Config): Record<string, string> {
  const { API_KEYS: _, OPERATOR_PASSWORD: __, VIEWER_PASSWORD: ___, ...config } = tier
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]))
}

/** An engine with a database in a file, and a shell that has the variables of its tiers. */
export async function openShell(t: TestContext, perform: Kind['perform'] = async () => ({})) {
  const folder = openFolder(t)
  const engine = await openEngine(
    t,
    `sqlite:${join(folder, 'jobs.sqlite')}`,
    perform,
    `file:${join(folder, 'files')}`
  )
  const environment = environmentOf(engine.config)
  return {
    ...engine,
    folder,
    environment,
    say: (...args: string[]) => beanline(args, { environment }),
    /** What it prints, as JSON. */
    async ask<Answer>(...args: string[]): Promise<Answer> {
      const { out, err } = await beanline([...args, '--json'], { environment })
      if (out === '') throw new Error(`It printed nothing: ${err}`)
      return JSON.parse(out) as Answer
    }
  }
}
