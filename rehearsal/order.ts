import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { send } from '../src/queue/enqueue.ts'
import type { Job } from '../src/queue/job.ts'
import { sent } from '../src/queue/message.ts'
import { record } from '../src/queue/record.ts'
import type { Nap } from './nap.ts'
import type { Scene } from './scene.ts'

/** An address that nobody else in this rehearsal has. */
export function nextAddress(scene: Scene): string {
  scene.orders += 1
  return `${scene.name}-${scene.orders}@example.jp`
}

/** Orders a nap as the web tier does, and waits for its message; a long one is acknowledged as soon as its work has begun. */
export async function orderNap(
  scene: Scene,
  nap: Nap,
  kind: 'nap' | 'long-nap' = 'nap'
): Promise<Job> {
  const order = { ...orderOf(scene, nap), kind, idempotency_key: null }
  const { job } = await record(scene.services.database, order)
  return await send(scene.services, job)
}

/** Records a nap, and sends it in a message of another form. */
export async function orderNapIn(scene: Scene, nap: Nap, body: (job: number) => string) {
  const { database } = scene.services
  const { job } = await record(database, { ...orderOf(scene, nap), idempotency_key: null })
  const messageId = await scene.stage.standIns.send(scene.queueUrl, body(job.id))
  await sent(database, job, messageId)
  return { ...job, sqs_message_id: messageId }
}

function orderOf(scene: Scene, nap: Nap) {
  const about = { email: nextAddress(scene), language: 'en' as const }
  return { kind: 'nap', payload: JSON.stringify(nap), payload_hash: 'nap', ...about }
}

export type Gate = { file: string; openAfter(seconds: number): void }

/** What a nap waits for: a file that goes away. */
export function closedGate(scene: Scene): Gate {
  const file = join(scene.stage.folders.work, `${nextAddress(scene)}.gate`)
  writeFileSync(file, '')
  const open = () => rmSync(file, { force: true })
  // A step that fails does not wait for its gate.
  return { file, openAfter: seconds => void setTimeout(open, seconds * 1000).unref() }
}
