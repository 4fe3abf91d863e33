import { errors, Pool } from 'undici'
import type { Request } from './request.ts'
import type { Settings } from './settings.ts'

export type Worker = ReturnType<typeof openWorker>

/** How a POST ended: the status of the answer, or the name of what went wrong with the connection. */
export type Answer = { status: number } | { failure: string }

/** The HTTP side: connections that are kept alive, redirects that are not followed. */
export function openWorker(settings: Settings) {
  const { httpUrl, httpConnections, connectTimeoutSeconds, inactivityTimeoutSeconds } = settings
  const pool = new Pool(httpUrl, {
    connections: httpConnections,
    connect: { timeout: connectTimeoutSeconds * 1000 },
    headersTimeout: inactivityTimeoutSeconds * 1000,
    bodyTimeout: inactivityTimeoutSeconds * 1000,
    pipelining: 1
  })
  return {
    async post({ path, headers, body }: Request): Promise<Answer> {
      try {
        const response = await pool.request({ method: 'POST', path, headers, body })
        await response.body.dump({ limit: Number.MAX_SAFE_INTEGER })
        return { status: response.statusCode }
      } catch (error) {
        return { failure: failureName(error) }
      }
    },
    /** Cuts what is still open. */
    close: () => pool.destroy()
  }
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
