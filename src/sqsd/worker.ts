import { type Dispatcher, errors, Pool } from 'undici'
import type { Request } from './request.ts'
import type { Settings } from './settings.ts'

export type Worker = {
  /** Never rejects. */
  post(request: Request, watch?: Watch): Promise<Answer>
  /** Cuts what is still open. */
  close(): Promise<void>
}

/** Gives up the POST when `signal` is aborted; `heard` is called with every part of the answer. */
export type Watch = { signal: AbortSignal; heard(): void }

/**
 * How a POST ended: the status of the whole answer, the connection closed before that, the name of
 * what else went wrong with it, or `cut`: we gave it up ourselves.
 */
export type Answer = { status: number } | { failure: string } | 'closed' | 'cut'

/** The HTTP side: connections that are kept alive, redirects that are not followed. */
export function openWorker(settings: Settings): Worker {
  const { httpUrl, httpConnections, connectTimeoutSeconds, inactivityTimeoutSeconds } = settings
  const host = hostOf(httpUrl)
  // The one for the body begins anew with every byte, as the idle timer of Amazon's daemon does. That for
  // the headers doesn't; but a worker sends those at once.
  const pool = new Pool(httpUrl, {
    connections: httpConnections,
    connect: { timeout: connectTimeoutSeconds * 1000 },
    headersTimeout: inactivityTimeoutSeconds * 1000,
    bodyTimeout: inactivityTimeoutSeconds * 1000
  })
  return {
    async post({ path, headers, body }, watch) {
      if (!rightPath.test(path)) return { failure: `"${path}" is no path` }
      const all = { Host: host, ...headers }
      return await new Promise(resolve => {
        const isGivenUp = () => pool.destroyed || watch?.signal.aborted
        const receiver = answering(
          status => resolve({ status }),
          error => resolve(isGivenUp() ? 'cut' : failureOf(error)),
          watch
        )
        pool.dispatch({ method: 'POST', path, headers: all, body }, receiver)
      })
    },
    async close() {
      if (!pool.destroyed) await pool.destroy()
    }
  }
}

/** Given another one, undici's pool takes the connection for busy, and that for ever. */
const rightPath = /^\/[\x21-\x7e]*$/

/** Takes the status and drops the body, without a stream for it. */
function answering(
  done: (status: number) => void,
  fail: (error: Error) => void,
  watch?: Watch
): Dispatcher.DispatchHandler {
  let status = 0
  return {
    onRequestStart(controller) {
      const giveUp = () => controller.abort(new Error('given up'))
      if (watch?.signal.aborted) giveUp()
      watch?.signal.addEventListener('abort', giveUp)
    },
    onResponseStart(_controller, statusCode) {
      status = statusCode
      watch?.heard()
    },
    onResponseData: () => watch?.heard(),
    onResponseEnd: () => done(status),
    onResponseError: (_controller, error) => fail(error)
  }
}

/** Amazon's daemon calls the worker on its own machine `localhost`, without the usual port. */
export function hostOf(httpUrl: string) {
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
  // An answer that is none, as 100 Continue without end, is not a connection that was closed.
  if (code === 'UND_ERR_SOCKET' && message !== 'bad response') return 'closed'
  return { failure: /^E[A-Z0-9]+$/.test(code ?? '') ? `Errno::${code}` : message }
}
