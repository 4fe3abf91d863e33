import { join } from 'node:path'
import { startMariadb } from '../test/mariadb.ts'
import { freeAddresses, nginxPort } from './address.ts'
import { type Bundle, install, takeBundle, unpack } from './bundle.ts'
import { sharedProperties } from './deployed.ts'
import type { Folders } from './folders.ts'
import { addNap } from './nap.ts'
import { readStack } from './stack.ts'
import { openStandIns } from './stand-ins.ts'
import { together } from './together.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>

const appPort = 8080

/** What all scenes share: the bundle with what it installs, MariaDB, and the stand-ins for AWS. */
export async function openStage(root: string, folders: Folders, instances: number) {
  const bundle = await takeBundle(root, join(folders.work, 'bundle.tar'))
  const image = join(folders.work, 'image')
  const [installSeconds, standIns, mariadb] = await together([
    installImage(bundle, image, join(folders.logs, 'npm-install.log')),
    openStandIns(),
    startMariadb(folders.work)
  ])
  // As late as can be, for another rehearsal may look for some as well.
  const port = await nginxPort()
  const addresses = await freeAddresses(instances, port)

  return {
    root,
    folders,
    bundle,
    image,
    installSeconds,
    standIns,
    stack: readStack(root),
    /** An address of its own for an instance. */
    nextPorts() {
      const address = addresses.shift()
      if (!address) throw new Error('There are more instances than were asked for.')
      return { address, nginxPort: port, appPort }
    },
    /** An empty database; gives its host as the stack would, and its user. */
    async createDatabase(name: string) {
      const { host, username, password } = new URL(await mariadb.createDatabase(name))
      return { host, username, password }
    }
  }
}

/** In an empty folder, as on a new instance; gives how long the installation took. */
async function installImage(bundle: Bundle, image: string, log: string) {
  await unpack(bundle, image)
  const startedAt = performance.now()
  await install(image, sharedProperties(image), log)
  addNap(image)
  return (performance.now() - startedAt) / 1000
}
