import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Bundle, unpack } from './bundle.ts'
import { runContainerCommands } from './container-commands.ts'
import { currentOf, engineLogOf, environmentOf, type Instance } from './instance.ts'
import { addNap } from './nap.ts'
import { configureNginx } from './nginx.ts'
import { startApp, startNginx } from './unit.ts'

type Start = {
  bundle: Bundle
  /** Where the packages of npm are installed; instances share them until they are deployed to. */
  image: string
  isLeader: boolean
  change?: ((current: string) => void) | undefined
}

/** An instance comes into being, without sqsd as yet. */
export async function launch(instance: Instance, { bundle, image, isLeader, change }: Start) {
  const current = currentOf(instance)
  mkdirSync(instance.logs, { recursive: true })
  await unpack(bundle, current)
  addNap(current)
  symlinkSync(join(image, 'node_modules'), join(current, 'node_modules'))
  change?.(current)
  await configureNginx(join(instance.folder, 'nginx'), current, instance)
  const about = { env: environmentOf(instance), log: engineLogOf(instance) }
  await runContainerCommands(current, isLeader, about)
  startApp(instance)
  startNginx(instance)
}
