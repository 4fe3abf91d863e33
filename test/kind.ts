import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { StoredMail } from '../src/local/mail-store.ts'
import { closePool } from '../src/pdf/pool.ts'
import { filesOf } from '../src/queue/file.ts'
import type { Kind } from '../src/queue/kind.ts'
import { readOrder } from '../src/queue/order.ts'
import { perform } from '../src/queue/perform.ts'
import { record } from '../src/queue/record.ts'
import type { Storage } from '../src/storage.ts'
import { storeInline } from '../src/store-upload.ts'
import { openEngine, reload } from './engine.ts'
import { openFolder } from './line.ts'
import { openTools } from './tools.ts'

/** For the tests of kinds: what people order, and what becomes of it. */

/**
 * An order as the API takes it, with `email` and `language`; those that are left out are those of a test. Files
 * come in it: `{ name: 'a.csv', text: '…' }`, or `base64` in place of `text`.
 */
type Body = Record<string, unknown>

/** Orders as the web tier does: cleaned, checked, with a sentence for each problem, or the payload. */
export async function orderKind(t: TestContext, kind: Kind, order: Body) {
  const { storage } = await openTools(t)
  const reading = await read(storage, kind, order)
  if ('problems' in reading) return { problems: reading.problems }
  return { problems: [], payload: JSON.parse(reading.order.payload) }
}

async function read(storage: Storage, kind: Kind, order: Body) {
  const body = { email: 'hanako@example.jp', language: 'ja', ...order }
  return await readOrder(kind, await storeInline(storage, kind, body, 'test'), storage)
}

/**
 * Orders a job and has the engine perform it, with a real database, files in a folder, and mails to the stand-in
 * for SES. With `attempts`, all but the last do the whole work and die before they can say so, as a worker may:
 * what is done must be done once all the same. Rejects when the order has problems.
 */
export async function performKind(
  t: TestContext,
  kind: Kind,
  order: Body,
  { attempts = 1 }: { attempts?: number } = {}
) {
  const engine = await openEngine(t, 'sqlite::memory:', kind.perform, `file:${openFolder(t)}`)
  t.after(closePool)
  const reading = await read(engine.storage, kind, order)
  assert.ok('order' in reading, `The order has problems: ${JSON.stringify(reading)}`)
  const { job } = await record(engine.database, { ...reading.order, idempotency_key: null })
  const line = { ...engine, kinds: [dying(kind, attempts)] }
  for (let receiveCount = 1; receiveCount <= attempts; receiveCount += 1)
    await perform(line, { job: job.id, receiveCount })
  const { state, error, warnings, ...row } = await reload(engine, job)
  const response = await fetch(`${engine.mailboxUrl}/mails`)
  return {
    state,
    error,
    warnings: JSON.parse(warnings ?? '[]') as string[],
    files: await Promise.all(
      filesOf(row).map(async file => ({ ...file, content: await engine.storage.read(file.key) }))
    ),
    mails: (await response.json()) as StoredMail[]
  }
}

/** Its pauses would be waited for. */
function dying({ retries: _, ...kind }: Kind, attempts: number): Kind {
  return {
    ...kind,
    async perform(payload, tools) {
      const result = await kind.perform(payload, tools)
      if (tools.job.attempt < attempts) throw new Error('The worker died before it could say so.')
      return result
    }
  }
}
