import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, runProgram } from './program.ts'

/** A deploy of a version runs `hooks`, a change of the configuration `confighooks`, and never both. */
export type HookKind = 'hooks' | 'confighooks'
type Moment = 'prebuild' | 'predeploy' | 'postdeploy'

/** Runs the scripts of .platform for a moment of a deploy, in the order of their names. */
export async function runHooks(
  folder: string,
  kind: HookKind,
  moment: Moment,
  about: { env: Environment; log: string }
) {
  const place = join(folder, '.platform', kind, moment)
  if (!existsSync(place)) return
  for (const file of readdirSync(place).sort()) {
    const script = join(place, file)
    // Beanstalk sets the bit where a checkout has lost it.
    chmodSync(script, 0o755)
    await runProgram([script], { name: `${kind}/${moment}/${file}`, cwd: folder, ...about })
  }
}
