import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import type { Guard } from './guard.ts'

/** What came of one sending. */
export type Answer = {
  /** None where there was no answer. */
  status: number | null
  /** How the answer begins, or why there was none. */
  said: string
  /** When it is asked to be sent again, in seconds. */
  retryAfter: number | undefined
  ms: number
}

const mostMilliseconds = 10_000
/** The status is the answer: who is slow to end what it says besides is not waited for. */
const mostMillisecondsMore = 2000
const mostRead = 65_536
/** How much of an answer is kept, in characters. */
const mostKept = 200

type Parcel = { url: string; headers: Record<string, string>; body: string }

/**
 * Sends it once, to an address that the guard lets pass, and follows no redirect. Takes 10 s at most, and reads no
 * more than 64 KB. Rejects only when `signal` is aborted.
 */
export async function post(
  guard: Guard,
  { url, headers, body }: Parcel,
  signal: AbortSignal
): Promise<Answer> {
  const beganAt = performance.now()
  const place = new URL(url)
  const agent = new Agent({ connect: { lookup: guard.lookupFor(place) } })
  const limit = AbortSignal.any([signal, AbortSignal.timeout(mostMilliseconds)])
  const took = () => Math.round(performance.now() - beganAt)
  try {
    guard.admit(place)
    const answer = await request(place, {
      ...{ dispatcher: agent, method: 'POST', body, signal: limit },
      headers: { 'content-type': 'application/json', 'user-agent': 'Beanline', ...headers }
    })
    const said = await beginningOf(answer.body)
    const retryAfter = secondsUntil(answer.headers['retry-after'])
    return { status: answer.statusCode, said, retryAfter, ms: took() }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    return { status: null, said: reasonOf(error as Failure), retryAfter: undefined, ms: took() }
  } finally {
    await agent.destroy()
  }
}

/** As much of it as comes. */
async function beginningOf(body: Readable) {
  const pieces: Uint8Array[] = []
  let bytes = 0
  const enough = setTimeout(() => body.destroy(), mostMillisecondsMore)
  try {
    for await (const piece of body) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= mostRead) break
    }
  } catch {
    // Cut, or not waited for: what was received is received.
  } finally {
    clearTimeout(enough)
  }
  return kept(Buffer.concat(pieces).toString('utf8'))
}

/** Without characters that no column takes or that a reader would not see. */
const kept = (text: string) =>
  [...text.replace(/[\p{C}\s]+/gu, ' ').trim()].slice(0, mostKept).join('')

/** RFC 9110 §10.2.3: seconds, or a date. */
function secondsUntil(header: string | string[] | undefined): number | undefined {
  const text = String(header ?? '').trim()
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - Date.now()) / 1000))
}

type Failure = Error & { code?: string }

const reasons: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused: nothing listens there.',
  ECONNRESET: 'The connection was cut.',
  UND_ERR_SOCKET: 'The connection was cut.',
  ENOTFOUND: 'There is no such host name.',
  EAI_AGAIN: 'The host name could not be looked up.',
  UND_ERR_CONNECT_TIMEOUT: 'No connection came about in 10 s.',
  UND_ERR_HEADERS_OVERFLOW: 'The headers of the answer are too large: 16 KB at most.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'There is no HTTPS at this port.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'There is no HTTPS at this port.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the receiver is signed by nobody known.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the receiver is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The receiver does not send its intermediate certificate.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another host name.',
  ENETUNREACH: 'The network can’t be reached.',
  EHOSTUNREACH: 'The host can’t be reached.'
}

function reasonOf(error: Failure) {
  if (error.name === 'TimeoutError') return `No answer within ${mostMilliseconds / 1000} s.`
  return kept(reasons[error.code ?? ''] ?? error.message)
}
