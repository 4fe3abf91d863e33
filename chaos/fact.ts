import { readFileSync } from 'node:fs'
import type { StoredMail } from '../src/local/mail-store.ts'
import type { Job } from '../src/queue/job.ts'
import { checkFile } from './document.ts'
import { type Move, readHistory } from './history.ts'
import type { Order } from './order.ts'
import type { Stage } from './stage.ts'

/** All that is known of one order once the line has come to rest. */
export type Fact = {
  order: Order
  /** Its rows: one, if all is well. */
  rows: Job[]
  moves: Move[]
  /** How often a worker has said that it finished the job. */
  said: number
  mails: Pick<StoredMail, 'id' | 'text'>[]
  /** Of how many mails the ledger says that nobody knows whether they went out. */
  ambiguous: number
  /** What is wrong with its file. */
  fileTrouble: string | undefined
}

/** Looks from outside: at the rows, the database's history, the logs, the mailbox, and the files. */
export async function collect(stage: Stage, orders: Order[]): Promise<Fact[]> {
  const { database, mailboxUrl } = stage
  const rows = Map.groupBy(await database<Job>('jobs'), ({ email }) => email)
  const history = await readHistory(database)
  const ledger: { job_id: number; ambiguous: number }[] = await database('effects')
  const ambiguous = new Map(ledger.map(entry => [entry.job_id, entry.ambiguous]))
  const sent = (await (await fetch(`${mailboxUrl}/mails`)).json()) as StoredMail[]
  const mails = Map.groupBy(sent, ({ to }) => String(to))
  const said = Map.groupBy(stage.workers.flatMap(finishedIn), id => id)

  const facts: Fact[] = []
  for (const order of orders) {
    const own = rows.get(order.email) ?? []
    const id = own[0]?.id ?? 0
    facts.push({
      order,
      rows: own,
      moves: history.get(id) ?? [],
      said: said.get(id)?.length ?? 0,
      mails: mails.get(order.email) ?? [],
      ambiguous: ambiguous.get(id) ?? 0,
      fileTrouble: own[0] && (await checkFile(stage.web.url, own[0], order.number))
    })
  }
  return facts
}

/** The jobs that a worker says it has finished. */
function finishedIn({ log }: { log: string }): number[] {
  const lines = readFileSync(log, 'utf8').split('\n')
  const ends = lines.filter(line => line.includes('"msg":"job finished"'))
  return ends.map(line => Number(/"job":(\d+)/.exec(line)?.[1]))
}
