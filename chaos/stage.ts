import { join } from 'node:path'
import type { Folders } from '../rehearsal/folders.ts'
import { together } from '../rehearsal/together.ts'
import { until } from '../rehearsal/until.ts'
import { freePort } from '../test/free-port.ts'
import type { Mariadb } from '../test/mariadb.ts'
import { openInstance } from './instance.ts'
import { openServers, type Servers } from './servers.ts'
import { openSmallDisk, type SmallDisk } from './small-disk.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Where all stages of a run are. */
export type Place = { folders: Pick<Folders, 'work' | 'logs'>; mariadb: Mariadb }

/** What a scenario has otherwise than the others. */
export type Settings = {
  /** More flags of sqsd. */
  sqsd?: string[]
  /** The files are stored in a folder of the tiers, on a disk that can be filled. */
  hasSmallDisk?: boolean
}

type Home = { work: string; logs: string; name: string }

const root = join(import.meta.dirname, '..')
const preload = ['note', 'clock'].flatMap(name => [
  '--import',
  join(root, `chaos/preload/${name}.ts`)
])
const main = [...preload, join(root, 'src/main.ts')]
const PATH = String(process.env['PATH'])

/**
 * The times of sqsd in small, in the order in which they must be: the longest job (a second), inactivity,
 * visibility. Five receives still outlast a lease.
 */
const times = [
  ...['--connect-timeout', '5', '--inactivity-timeout', '18', '--visibility-timeout', '20'],
  ...['--error-visibility-timeout', '8', '--wait-time', '1', '--http-connections', '5']
]

/** The whole line, each program a process of its own, with something that can fail before each server. */
export async function openStage(
  { folders, mariadb }: Place,
  name: string,
  settings: Settings = {}
) {
  const home = { work: folders.work, logs: join(folders.logs, name), name }
  const servers = await openServers(mariadb, name)
  const log = join(home.logs, 'disk.log')
  const disk = settings.hasSmallDisk ? await openSmallDisk(home.work, name, log) : undefined
  const [webPort, ...workerPorts] = [await freePort(), await freePort(), await freePort()] as const
  const variables = tierVariables(servers, `http://127.0.0.1:${webPort}`, disk)
  const tier = (called: string, port: number) => openTier(home, called, port, variables, disk)
  const web = tier('web', webPort)
  const workers = [tier('worker-1', workerPorts[0]), tier('worker-2', workerPorts[1])] as const
  const sqsd = (place: 0 | 1) => openSqsd(home, place, workers[place].url, servers, settings)
  const daemons = [sqsd(0), sqsd(1)] as const
  const instances = [web, ...workers, ...daemons]

  return {
    ...servers,
    ...{ name, disk, web, workers, daemons, instances },

    /** Until every tier answers. */
    async ready() {
      for (const { url } of [web, ...workers])
        await until(`${url} answers`, () => isHealthy(url), { seconds: 120 })
    },

    async close() {
      await together(instances.map(instance => instance.close()))
      await disk?.close()
      await servers.close()
    }
  }
}

function tierVariables({ queue, others }: Servers, webUrl: string, disk?: SmallDisk) {
  return {
    ...queue,
    ...others,
    STORAGE_URL: disk ? `file:${disk.folder}` : 's3://beanline-files/chaos',
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: webUrl,
    API_KEYS: 'local',
    OPERATOR_PASSWORD: 'local'
  }
}

/** A tier as Beanstalk starts it, with a light kind more, and a clock that can be set wrong. */
function openTier(
  { work, logs, name }: Home,
  called: string,
  port: number,
  variables: Record<string, string>,
  disk?: SmallDisk
) {
  const TIER = called.startsWith('worker') ? 'worker' : 'web'
  const clock = join(work, `${name}-${called}.clock`)
  const env = { PATH, ...variables, TIER, PORT: String(port), CHAOS_CLOCK: clock }
  const [program = '', ...args] = [...(disk?.enter ?? []), process.execPath, ...main]
  const about = { name: called, cwd: work, env, log: join(logs, `${called}.log`) }
  return { url: `http://127.0.0.1:${port}`, clock, ...openInstance([program, ...args], about) }
}

function openSqsd(
  { work, logs }: Home,
  place: number,
  workerUrl: string,
  { queue }: Servers,
  { sqsd: flags = [] }: Settings
) {
  const name = `sqsd-${place + 1}`
  const own = ['--http-url', workerUrl, '--cron-file', join(root, 'cron.yaml')]
  const seeded = ['--seed', String(place + 1)]
  const program = [process.execPath, join(root, 'src/sqsd/main.ts')] as const
  const about = { name, cwd: work, env: { PATH, ...queue }, log: join(logs, `${name}.log`) }
  return openInstance([...program, ...times, ...own, ...seeded, ...flags], about)
}

async function isHealthy(url: string) {
  return await fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false
  )
}
