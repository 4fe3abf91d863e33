import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { promisify } from 'node:util'
import { type Environment, runProgram } from './program.ts'

const run = promisify(execFile)

export type Bundle = {
  /** The source bundle as a tar file. */
  file: string
  /** The short name of the commit. */
  commit: string
  /** True when the work tree has something that the bundle lacks. */
  isBehind: boolean
}

/** Packs what `eb deploy` would upload: HEAD, without what .gitattributes leaves out. */
export async function takeBundle(root: string, file: string): Promise<Bundle> {
  await run('git', ['archive', '--format=tar', `--output=${file}`, 'HEAD'], { cwd: root })
  const commit = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root })
  const changes = await run('git', ['status', '--porcelain'], { cwd: root })
  return { file, commit: commit.stdout.trim(), isBehind: changes.stdout.trim() !== '' }
}

/** Unpacks the bundle into a folder that is empty or not there yet. */
export async function unpack(bundle: Bundle, folder: string) {
  mkdirSync(folder, { recursive: true })
  await run('tar', ['-xf', bundle.file, '-C', folder])
}

/** What Beanstalk runs in a bundle without node_modules, word by word, with its properties. */
export async function install(folder: string, properties: Environment, log: string) {
  const env = { ...npmEnvironment(), ...properties }
  const about = { name: 'npm --omit=dev install', cwd: folder, env, log }
  await runProgram(['npm', '--omit=dev', 'install'], about)
}

/** This Node comes first, as on the platform; what `npm run` adds, the devDependencies, is not there. */
export function nodePath(path = process.env['PATH'] ?? ''): string {
  const others = path.split(delimiter).filter(folder => !/\bnode_modules\b/.test(folder))
  return [dirname(process.execPath), ...others].join(delimiter)
}

/** The caller's own (registry, proxy, certificates) without what `npm run` has added about this project. */
function npmEnvironment(): Environment {
  const ofProject =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)|INIT_CWD)/
  const own = Object.entries(process.env).filter(([name]) => !ofProject.test(name))
  return {
    ...(Object.fromEntries(own) as Environment),
    PATH: nodePath(),
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
    // Else npm leaves a folder in the temporary one.
    NODE_DISABLE_COMPILE_CACHE: '1'
  }
}
