import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { browserRules } from './browser-rules.ts'
import { errorPageInBoth } from './error-page.ts'

/** See "Event: 'clientError'" of node:http. */
const statuses: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/**
 * Answers what does not become a request: a head that is none or too long, or one that is too slow. Nothing of
 * it is logged, for the error holds the bytes that came.
 */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(answer(statuses[error.code ?? ''] ?? 400))
  socket.destroy()
}

function answer(status: number) {
  const page = errorPageInBoth(status)
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
    connection: 'close',
    ...browserRules
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${page}`
}
