import { join } from 'node:path'
import { startRelay } from '../bench/relay.ts'
import { start } from '../bench/stage.ts'
import type { Folders } from '../rehearsal/folders.ts'
import { together } from '../rehearsal/together.ts'
import { until } from '../rehearsal/until.ts'
import { readDatabaseConfig } from '../src/config.ts'
import { migrate, openDatabase } from '../src/database.ts'
import { freePort, type Mariadb } from '../test/mariadb.ts'
import { openProxy } from '../test/proxy.ts'
import { keepHistory } from './history.ts'
import { openInstance } from './instance.ts'
import { openSmallDisk } from './small-disk.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** What a scenario has otherwise than the others. */
export type Settings = {
  /** More flags of sqsd. */
  sqsd?: string[]
  /** The files are stored in a folder of the tiers, on a disk that can be filled. */
  hasSmallDisk?: boolean
}

type StandIns = {
  endpoint: string
  queueUrl: string
  deadLetterQueueUrl: string
  mailboxUrl: string
}

const root = join(import.meta.dirname, '..')
const preload = ['note', 'clock'].flatMap(name => [
  '--import',
  join(root, `chaos/preload/${name}.ts`)
])

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
  folders: Pick<Folders, 'work' | 'logs'>,
  mariadb: Mariadb,
  name: string,
  { sqsd: flags = [], hasSmallDisk = false }: Settings = {}
) {
  const direct = await mariadb.createDatabase(name)
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: direct }))
  await migrate(database)
  await keepHistory(database)
  const standIns = await start<StandIns>('bench/processes/stand-ins.ts')
  const { endpoint, queueUrl, deadLetterQueueUrl, mailboxUrl } = standIns.ready
  const proxy = await openProxy(direct)
  const relays = {
    sqs: await startRelay(endpoint),
    s3: await startRelay(endpoint),
    ses: await startRelay(mailboxUrl)
  }
  const logs = join(folders.logs, name)
  const disk = hasSmallDisk
    ? await openSmallDisk(folders.work, name, join(logs, 'disk.log'))
    : undefined
  const shared = {
    PATH: String(process.env['PATH']),
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: relays.sqs.url,
    QUEUE_URL: queueUrl
  }
  const webPort = await freePort()
  const webUrl = `http://127.0.0.1:${webPort}`
  const tiers = {
    ...shared,
    AWS_ENDPOINT_URL_S3: relays.s3.url,
    AWS_ENDPOINT_URL_SES: relays.ses.url,
    DATABASE_URL: proxy.url,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    STORAGE_URL: disk ? `file:${disk.folder}` : 's3://beanline-files/chaos',
    MAIL_FROM: 'noreply@beanline.example',
    PUBLIC_URL: webUrl,
    API_KEYS: 'local',
    OPERATOR_PASSWORD: 'local'
  }

  function tier(TIER: 'web' | 'worker', called: string, port: number) {
    const log = join(logs, `${called}.log`)
    const CHAOS_CLOCK = join(folders.work, `${name}-${called}.clock`)
    const env = { ...tiers, TIER, PORT: String(port), CHAOS_CLOCK }
    const program = [process.execPath, ...preload, join(root, 'src/main.ts')] as const
    const url = `http://127.0.0.1:${port}`
    const about = { name: called, cwd: folders.work, env, log }
    return {
      url,
      clock: CHAOS_CLOCK,
      ...openInstance(
        disk ? [disk.enter.program, ...disk.enter.args, ...program] : [...program],
        about
      )
    }
  }

  function sqsd(number: number, workerUrl: string) {
    const own = ['--http-url', workerUrl, '--cron-file', join(root, 'cron.yaml')]
    const seeded = ['--seed', String(number)]
    const command = [process.execPath, join(root, 'src/sqsd/main.ts')] as const
    const about = { name: `sqsd-${number}`, cwd: folders.work, env: shared }
    const log = join(logs, `sqsd-${number}.log`)
    return openInstance([...command, ...times, ...own, ...seeded, ...flags], { ...about, log })
  }

  const web = tier('web', 'web', webPort)
  const workers = [
    tier('worker', 'worker-1', await freePort()),
    tier('worker', 'worker-2', await freePort())
  ] as const
  const daemons = [sqsd(1, workers[0].url), sqsd(2, workers[1].url)] as const
  const instances = [web, ...workers, ...daemons]

  return {
    ...{ name, folders, mariadb, database, proxy, relays, disk, mailboxUrl },
    ...{ web, workers, daemons, instances },

    /** Until every tier answers. */
    async ready() {
      for (const { url } of [web, ...workers]) {
        const look = () =>
          fetch(`${url}/healthz`).then(
            ({ ok }) => ok,
            () => false
          )
        await until(`${url} answers`, look, { seconds: 60 })
      }
    },

    async close() {
      await together(instances.map(instance => instance.close()))
      await disk?.close()
      standIns.child.kill('SIGKILL')
      proxy.close()
      for (const relay of Object.values(relays)) relay.close()
      await database.destroy()
    }
  }
}
