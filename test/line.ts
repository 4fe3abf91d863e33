import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import { readLocalConfig } from '../src/config.ts'
import { type LocalLine, startLine } from '../src/local/line.ts'
import { eventually } from './engine.ts'

const anyPorts = { PORT: '0', WORKER_PORT: '0', MAILBOX_PORT: '0', AWS_PORT: '0' }

/** An empty folder that is gone after the test. */
export function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'beanline-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** The whole line on free ports, with its data in an empty folder. */
export async function openLine(t: TestContext): Promise<LocalLine> {
  const folder = openFolder(t)
  const config = readLocalConfig({ ...anyPorts, DATA_DIR: folder })
  const line = await startLine(config, pino({ level: 'silent' }))
  t.after(() => line.close())
  return line
}

/** An order as the API takes it. */
export function order(changes: object = {}) {
  const file = join(import.meta.dirname, '../examples/invoice.json')
  return { ...JSON.parse(readFileSync(file, 'utf8')), ...changes }
}

export type Status = {
  id: number
  token: string
  state: string
  attempts: number
  progress: number
  error: string | null
  warnings: string[]
  sqsMessageId: string | null
  url: string
  file: { name: string; bytes: number; url: string } | null
}

const headers = { authorization: 'Bearer local', 'content-type': 'application/json' }

/** Posts an order to the API. */
export async function post(webUrl: string, body: object, more: Record<string, string> = {}) {
  const url = `${webUrl}/api/jobs/invoice`
  const init = { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) }
  const response = await fetch(url, init)
  return { status: response.status, body: (await response.json()) as Status & ApiError }
}

type ApiError = { error: { message: string; fields?: { path: string; ja: string; en: string }[] } }

export async function statusOf(webUrl: string, token: string): Promise<Status> {
  const response = await fetch(`${webUrl}/api/jobs/${token}`, { headers })
  return (await response.json()) as Status
}

/** Waits until the job has come to one of the states. */
export async function settled(webUrl: string, token: string, states = ['finished', 'failed']) {
  return await eventually(
    async () => {
      const status = await statusOf(webUrl, token)
      return states.includes(status.state) && status
    },
    200,
    200
  )
}
