import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { eventually } from './engine.ts'
import { openFolder } from './line.ts'
import { openQueue, openTarget } from './sqsd.ts'

const root = join(import.meta.dirname, '..')
const program = [process.execPath, join(root, 'src/sqsd/main.ts')]

type Start = {
  args: string[]
  environment?: Record<string, string>
  cronYaml?: string
  command?: string[]
  cwd?: string
}

/** The daemon as a process of its own, in an empty folder, with nothing but these variables. */
export function runSqsd(t: TestContext, start: Start) {
  const { args, environment = {}, cronYaml, command = program, cwd = openFolder(t) } = start
  if (cronYaml) writeFileSync(join(cwd, 'cron.yaml'), cronYaml)
  const [file = '', ...first] = command
  const child = spawn(file, [...first, ...args], { cwd, env: environment })
  t.after(() => child.kill('SIGKILL'))
  const run = { child, text: '', exited: once(child, 'close').then(([code]) => code as number) }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      run.text += chunk
    })
  return run
}

/** A daemon that has brought one message to a worker, which has not answered yet. */
export async function openBusySqsd(
  t: TestContext,
  args: string[] = [],
  start: Partial<Start> = {}
) {
  const held: ServerResponse[] = []
  const { httpUrl } = await openTarget(t, response => held.push(response))
  const queue = await openQueue(t)
  await queue.put('x')
  const environment = {
    AWS_REGION: queue.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    QUEUE_URL: queue.queueUrl,
    ...start.environment
  }
  const flags = ['--http-url', httpUrl, '--wait-time', '1', ...args]
  const daemon = runSqsd(t, { ...start, args: flags, environment })
  const response = await eventually(() => held[0])
  return { ...daemon, daemon, response, held, queue }
}
