import { join } from 'node:path'
import * as jobs from '../src/queue/job.ts'
import type { State } from '../src/queue/state.ts'
import { accessesOf, entriesOf, type Instance } from './instance.ts'
import type { Access } from './nginx.ts'
import { Failure } from './program.ts'
import { type Scene, watch, workersOf } from './scene.ts'

type Job = Pick<jobs.Job, 'id' | 'email'>

/** The row as it is now. */
export async function reload({ services }: Scene, { id }: Job): Promise<jobs.Job> {
  return (await jobs.find(services.database, id)) as jobs.Job
}

/** Waits until the work of a job has begun. */
export async function started(scene: Scene, job: Job) {
  const isRunning = async () => (await reload(scene, job)).state === 'running'
  await watch(scene, `job ${job.id} is running`, isRunning, 20)
}

export async function finished(scene: Scene, job: Job, seconds: number) {
  const isFinished = async () => (await reload(scene, job)).state === 'finished'
  await watch(scene, `job ${job.id} is finished`, isFinished, seconds)
}

/** Throws unless it is in this state by now. */
export async function checkState(scene: Scene, job: Job, expected: State, when: string) {
  const { state } = await reload(scene, job)
  if (state !== expected)
    throw new Error(`${when}, job ${job.id} should be ${expected}, and is ${state}.`)
}

/** Throws unless the nap was taken once: one file, one mail, one attempt, one end. */
export async function checkOnce(scene: Scene, job: Job) {
  const { bucket, stage } = scene
  const { attempts } = await reload(scene, job)
  const files = await stage.standIns.files(bucket, `nap/${job.id}/`)
  const mails = await stage.standIns.mails(job.email)
  const ends = workersOf(scene).flatMap(worker => endsAt(worker, job))
  const counts = { files: files.length, mails: mails.length, attempts, ends: ends.length }
  for (const [what, count] of Object.entries(counts))
    if (count !== 1) throw new Error(`Job ${job.id} has ${count} ${what}, and should have 1.`)
}

/** What a worker has said of each time that it finished the job. */
export function endsAt(worker: Instance, { id }: Job) {
  return entriesOf(worker).filter(({ msg, job }) => msg === 'job finished' && job === id)
}

/** How a message was brought to the workers of a scene, each time, as nginx saw it. */
export function deliveriesOf(scene: Scene, messageId: string | null): Access[] {
  return workersOf(scene)
    .flatMap(accessesOf)
    .filter(({ message }) => message === messageId)
}

/** An error about deliveries, with the log of the sqsd that made them. */
export function misdelivered(scene: Scene, sentence: string) {
  return new Failure(sentence, join(workersOf(scene)[0]?.logs ?? '', 'sqsd.log'))
}

/** `504 after 60.0 s, 200 after 0.0 s` */
export function told(deliveries: Access[]) {
  return deliveries
    .map(({ status, seconds }) => `${status} after ${seconds.toFixed(1)} s`)
    .join(', ')
}
