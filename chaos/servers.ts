import { startRelay } from '../bench/relay.ts'
import { start } from '../bench/stage.ts'
import { readDatabaseConfig } from '../src/config.ts'
import { migrate, openDatabase } from '../src/database.ts'
import type { Mariadb } from '../test/mariadb.ts'
import { openProxy } from '../test/proxy.ts'
import { keepHistory } from './history.ts'

export type Servers = Awaited<ReturnType<typeof openServers>>

type StandIns = {
  endpoint: string
  queueUrl: string
  deadLetterQueueUrl: string
  mailboxUrl: string
}

/**
 * What the line works with: a database of its own in MariaDB, and stand-ins for SQS, S3 and SES, each with
 * something before it that can fail. `database` and `mailboxUrl` go past that, to look at what came of it.
 */
export async function openServers(mariadb: Mariadb, name: string) {
  const direct = await mariadb.createDatabase(name)
  const database = openDatabase(readDatabaseConfig({ DATABASE_URL: direct }))
  await migrate(database)
  await keepHistory(database)
  const { child, ready } = await start<StandIns>('bench/processes/stand-ins.ts')
  const proxy = await openProxy(direct)
  const relays = {
    sqs: await startRelay(ready.endpoint),
    s3: await startRelay(ready.endpoint),
    ses: await startRelay(ready.mailboxUrl)
  }
  return {
    ...{ mariadb, database, proxy, relays },
    mailboxUrl: ready.mailboxUrl,
    /** For sqsd, and for the tiers as well. */
    queue: {
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SQS: relays.sqs.url,
      QUEUE_URL: ready.queueUrl
    },
    /** What else the tiers are told. */
    others: {
      AWS_ENDPOINT_URL_S3: relays.s3.url,
      AWS_ENDPOINT_URL_SES: relays.ses.url,
      DATABASE_URL: proxy.url,
      DEAD_LETTER_QUEUE_URL: ready.deadLetterQueueUrl
    },

    async close() {
      child.kill('SIGKILL')
      proxy.close()
      for (const relay of Object.values(relays)) relay.close()
      await database.destroy()
    }
  }
}
