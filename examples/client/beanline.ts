import { type Failure, type Operations, routes } from './beanline-types.ts'

type Name = keyof Operations
type Given<Operation extends Name> = Omit<Operations[Operation], 'answer'>
/** Nothing needs to be given where every part is optional. */
type Arguments<Operation extends Name> =
  Record<never, never> extends Given<Operation>
    ? [given?: Given<Operation>]
    : [given: Given<Operation>]
type Parts = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  headers?: Record<string, string>
  body?: unknown
}

/** An answer that is an error: its status, its sentence, and the fields that are wrong. */
export class BeanlineError extends Error {
  readonly status: number
  readonly fields: NonNullable<Failure['error']['fields']>
  /** Seconds to wait before it is sent again; none when waiting won't help. */
  readonly retryAfter: number | undefined

  constructor({ status, headers }: Response, { message, fields = [] }: Failure['error']) {
    super(message)
    this.status = status
    this.fields = fields
    const seconds = headers.get('retry-after')
    this.retryAfter = seconds === null ? undefined : Number(seconds)
  }
}

/** A client of the API: `const call = openBeanline(url, key)`, then `await call('getJob', { params: { token } })`. */
export function openBeanline(url: string, key: string) {
  return async <Operation extends Name>(
    name: Operation,
    ...[given]: Arguments<Operation>
  ): Promise<Operations[Operation]['answer']> => {
    const { params = {}, query = {}, headers = {}, body } = (given ?? {}) as Parts
    const { method, path } = routes[name]
    const filled = path.replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(params[part] ?? ''))
    const address = new URL(filled, url)
    for (const [field, value] of Object.entries(query))
      if (value !== undefined && value !== null) address.searchParams.set(field, String(value))
    const isFile = body instanceof Uint8Array
    const type = isFile ? 'application/octet-stream' : 'application/json'
    const response = await fetch(address, {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': type })
      },
      ...(body !== undefined && { body: isFile ? Buffer.from(body) : JSON.stringify(body) })
    })
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    throw new BeanlineError(response, failureIn(text))
  }
}

/** A proxy on the way answers with pages of its own. */
function failureIn(text: string): Failure['error'] {
  try {
    return JSON.parse(text).error
  } catch {
    return { message: 'The answer was no JSON: something on the way has answered.' }
  }
}
