import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import { openDatabase, type Patience } from './database.ts'
import { openMail } from './mail.ts'
import { openEmf } from './metrics/emf.ts'
import { openQueue } from './queue/sqs.ts'
import { openUnderway } from './queue/underway.ts'
import { openStorage } from './storage.ts'

export type Services = ReturnType<typeof openServices>

/** Opens all that a tier works with; nothing is connected before it is used. */
export function openServices(config: Config, log: FastifyBaseLogger, patience: Patience = {}) {
  const database = openDatabase(config, patience)
  const queue = openQueue(config)
  const storage = openStorage(config)
  const mail = openMail(config)
  const underway = openUnderway()
  const emf = openEmf(config, log)
  return {
    config,
    log,
    database,
    queue,
    storage,
    mail,
    underway,
    emf,
    async close() {
      mail.close()
      storage.close()
      queue.close()
      await database.destroy()
    }
  }
}
