import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'

export type Stage = Awaited<ReturnType<typeof openStage>>
/** A process that takes messages from the queue, and what it tells of those that ask for it. */
export type Consumer = { child: ChildProcess; told: Told[] }
export type Told = { job?: number; milliseconds: number; waitMilliseconds: number }

const root = join(import.meta.dirname, '..')
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/**
 * An empty queue and a worker app, each a process of its own. A new one for each measurement, for a
 * consumer that is killed leaves receives behind that would swallow the next one's messages.
 */
export async function openStage() {
  const queue = await start<{ endpoint: string; queueUrl: string }>('bench/processes/queue.ts')
  const app = await start<{ httpUrl: string }>('bench/processes/app.ts')
  const { endpoint, queueUrl } = queue.ready
  const sqs = new SQSClient({
    ...{ region: 'ap-northeast-1', endpoint, credentials, useQueueUrlAsEndpoint: false }
  })
  const children = [queue.child, app.child]
  const environment = {
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: endpoint,
    QUEUE_URL: queueUrl
  }

  async function depth() {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] })
    )
    const visible = Number(Attributes['ApproximateNumberOfMessages'])
    return { visible, all: visible + Number(Attributes['ApproximateNumberOfMessagesNotVisible']) }
  }

  return {
    depth,

    /** Puts messages on the queue, ten at a time. */
    async send(bodies: object[]) {
      const batches = Array.from({ length: Math.ceil(bodies.length / 10) }, (_, n) =>
        bodies.slice(n * 10, n * 10 + 10)
      )
      const work = async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift()) {
          const Entries = batch.map((body, n) => ({
            Id: String(n),
            MessageBody: JSON.stringify(body)
          }))
          await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
        }
      }
      await Promise.all(Array.from({ length: 8 }, work))
    },

    /** Starts our daemon before the app, where there is no cron.yaml; `flags` are its own. */
    sqsd(flags: string[] = []): Consumer {
      const args = ['--http-url', app.ready.httpUrl, ...flags]
      const child = fork(join(root, 'bench/processes/sqsd.ts'), args, {
        cwd: import.meta.dirname,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc']
      })
      children.push(child)
      return { child, told: listen(app.child) }
    },

    /** Starts one of `bench/processes`, which works in its own process. */
    async consumer(name: string): Promise<Consumer> {
      const { child } = await start(`bench/processes/${name}.ts`, environment)
      children.push(child)
      return { child, told: listen(child) }
    },

    close() {
      sqs.destroy()
      for (const child of children) child.kill('SIGKILL')
    }
  }
}

export async function start<Ready>(file: string, environment = {}) {
  const child = fork(join(root, file), { env: { ...process.env, ...environment } })
  const [ready] = (await Promise.race([once(child, 'message'), failing(child, file)])) as [Ready]
  return { child, ready }
}

async function failing(child: ChildProcess, file: string): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`${file} ended with ${code} before it was ready.`)
}

function listen(child: ChildProcess): Told[] {
  const told: Told[] = []
  child.on('message', message => told.push(message as Told))
  return told
}

/** Looks every 10 ms until it is so; throws after the deadline. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds: number, what: string) {
  const deadline = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${what}: not so after ${seconds} s.`)
    await setTimeout(10)
  }
}
