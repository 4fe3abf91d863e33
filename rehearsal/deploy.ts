import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bundle, install, unpack } from './bundle.ts'
import { runContainerCommands } from './container-commands.ts'
import { type HookKind, runHooks } from './hooks.ts'
import { currentOf, engineLogOf, environmentOf, type Instance } from './instance.ts'
import { addNap } from './nap.ts'
import { configureNginx } from './nginx.ts'
import { cutSqsd, startApp, startNginx, startSqsd, stopApp, stopNginx } from './unit.ts'

type Options = { bundle: Bundle; kind: HookKind; beforeStop?: () => Promise<void> }

/**
 * A deploy on one instance, in Beanstalk's order; a change of the configuration is one of the same
 * bundle. Gives how the old application ended.
 */
export async function deploy(instance: Instance, { bundle, kind, beforeStop }: Options) {
  const staging = join(instance.folder, 'staging')
  const nginx = join(instance.folder, 'nginx')
  const about = { env: environmentOf(instance), log: engineLogOf(instance) }

  await cutSqsd(instance)
  await clear(staging, `${nginx}-staging`)
  await unpack(bundle, staging)
  await runHooks(staging, kind, 'prebuild', about)
  await install(staging, instance.properties, about.log)
  addNap(staging)
  await configureNginx(`${nginx}-staging`, staging, instance)
  await runContainerCommands(staging, true, about)
  await runHooks(staging, kind, 'predeploy', about)

  await beforeStop?.()
  await stopNginx(instance)
  const ending = await stopApp(instance)
  await replace(currentOf(instance), staging)
  await replace(nginx, `${nginx}-staging`)
  startApp(instance)
  startNginx(instance)
  startSqsd(instance)
  await runHooks(currentOf(instance), kind, 'postdeploy', about)
  return ending
}

/** What a deploy that failed has left. */
async function clear(...folders: string[]) {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

async function replace(folder: string, by: string) {
  await rm(folder, { recursive: true })
  await rename(by, folder)
}
