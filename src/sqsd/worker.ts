import { finished } from 'node:stream/promises'
import { errors, Pool } from 'undici'
import type { Request } from './request.ts'
import type { Settings } from './settings.ts'

export type Worker = ReturnType<typeof openWorker>

/**
 * How a POST ended: the status of the answer, the name of what went wrong with the connection, or
 * `cut`: we gave it up ourselves to stop.
 */
export type Answer = { status: number } | { failure: string } | 'cut'

/** The HTTP side: connections that are kept alive, redirects that are not followed. */
export function openWorker(settings: Settings) {
  const { httpUrl, httpConnections, connectTimeoutSeconds, inactivityTimeoutSeconds } = settings
  const host = hostOf(httpUrl)
  const pool = new Pool(httpUrl, {
    connections: httpConnections,
    connect: { timeout: connectTimeoutSeconds * 1000 },
    headersTimeout: inactivityTimeoutSeconds * 1000,
    bodyTimeout: inactivityTimeoutSeconds * 1000
  })
  return {
    async post({ path, headers, body }: Request): Promise<Answer> {
      try {
        const all = { Host: host, ...headers }
        const response = await pool.request({ method: 'POST', path, headers: all, body })
        // Not `dump()`, which takes a broken answer for a whole one.
        await finished(response.body.resume())
        return { status: response.statusCode }
      } catch (error) {
        return pool.destroyed ? 'cut' : { failure: failureName(error) }
      }
    },
    /** Cuts what is still open. */
    async close() {
      if (!pool.destroyed) await pool.destroy()
    }
  }
}

/** Amazon's daemon calls the worker on its own machine `localhost`, without the usual port. */
function hostOf(httpUrl: string) {
  const { host, hostname } = new URL(httpUrl)
  return hostname === '127.0.0.1' ? host.replace(hostname, 'localhost') : host
}

/** The names that Ruby gives these failures, since that is what people know from the log. */
function failureName(error: unknown): string {
  const isTimeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  if (isTimeout) return 'Errno::ETIMEDOUT'
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_SOCKET') return 'connection closed by server'
  return code?.startsWith('E') ? `Errno::${code}` : message
}
