import { type Dispatcher, errors, Pool } from 'undici'
import type { Request } from './request.ts'
import type { Settings } from './settings.ts'

export type Worker = {
  /** Never rejects. With `signal`, the POST is given up when that is aborted. */
  post(request: Request, signal?: AbortSignal): Promise<Answer>
  /** Cuts what is still open. */
  close(): Promise<void>
}

/**
 * How a POST ended: the status of the whole answer, the connection closed before that, the name of
 * what else went wrong with it, or `cut`: we gave it up ourselves.
 */
export type Answer = { status: number } | { failure: string } | 'closed' | 'cut'

/** The HTTP side: connections that are kept alive, redirects that are not followed. */
export function openWorker(settings: Settings): Worker {
  const { httpUrl, httpConnections, connectTimeoutSeconds, inactivityTimeoutSeconds } = settings
  const host = hostOf(httpUrl)
  // Both timeouts begin anew with every byte, as the idle timer of Amazon's daemon does.
  const pool = new Pool(httpUrl, {
    connections: httpConnections,
    connect: { timeout: connectTimeoutSeconds * 1000 },
    headersTimeout: inactivityTimeoutSeconds * 1000,
    bodyTimeout: inactivityTimeoutSeconds * 1000
  })
  return {
    post({ path, headers, body }, signal) {
      const all = { Host: host, ...headers }
      return new Promise(resolve => {
        const isGivenUp = () => pool.destroyed || signal?.aborted
        const receiver = answering(
          status => resolve({ status }),
          error => resolve(isGivenUp() ? 'cut' : failureOf(error)),
          signal
        )
        pool.dispatch({ method: 'POST', path, headers: all, body }, receiver)
      })
    },
    async close() {
      if (!pool.destroyed) await pool.destroy()
    }
  }
}

/** Takes the status and drops the body, without a stream for it. */
function answering(
  done: (status: number) => void,
  fail: (error: Error) => void,
  signal?: AbortSignal
): Dispatcher.DispatchHandler {
  let status = 0
  return {
    onRequestStart(controller) {
      const giveUp = () => controller.abort(new Error('given up'))
      if (signal?.aborted) giveUp()
      signal?.addEventListener('abort', giveUp)
    },
    onResponseStart(_controller, statusCode) {
      status = statusCode
    },
    onResponseData() {},
    onResponseEnd: () => done(status),
    onResponseError: (_controller, error) => fail(error)
  }
}

/** Amazon's daemon calls the worker on its own machine `localhost`, without the usual port. */
function hostOf(httpUrl: string) {
  const { host, hostname } = new URL(httpUrl)
  return hostname === '127.0.0.1' ? host.replace(hostname, 'localhost') : host
}

/** The names that Ruby gives these failures, since that is what people know from the log. */
function failureOf(error: Error): Answer {
  const isTimeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  if (isTimeout) return { failure: 'Errno::ETIMEDOUT' }
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_SOCKET') return 'closed'
  return { failure: code?.startsWith('E') ? `Errno::${code}` : message }
}
