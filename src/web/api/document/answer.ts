import type { Scope } from '../../../queue/api-key.ts'
import type { components } from './schema.ts'

type Component = keyof typeof components
type Failures = Record<number, string | object>

const limited = {
  'RateLimit-Limit': { type: 'integer', description: 'Requests a minute that this key has.' },
  'RateLimit-Remaining': { type: 'integer', description: 'How many of them are left.' },
  'RateLimit-Reset': { type: 'integer', description: 'Seconds until they begin anew.' }
}
const patient = {
  'Retry-After': { type: 'integer', description: 'Seconds to wait before it is sent again.' }
}

/** What any route may answer. */
const always: Failures = {
  401: 'Send a valid key: "Authorization: Bearer <key>".',
  429: 'This key may send 6,000 requests a minute: wait as many seconds as Retry-After says.',
  500: 'Something went wrong; try again.',
  503: 'There is too much to do at once; send it again later.'
}
const titles: Record<number, string> = {
  400: 'The body is no JSON.',
  401: 'The key is missing, wrong, expired or revoked.',
  403: 'The key lacks the scope.',
  404: 'There is none.',
  409: 'It can’t be done as things stand.',
  413: 'The body is too large.',
  415: 'The body is of another type.',
  422: 'What was sent has errors.',
  429: 'Too many requests at once, or in this minute.',
  500: 'Our fault.',
  503: 'Too much to do at once.'
}

/** The answers of an operation: one that it is there for, and its failures with an example each. */
export function answers(
  status: number,
  description: string,
  name: Component,
  example: unknown,
  failures: Failures = {}
) {
  const failed = Object.entries({ ...always, ...failures }).map(([status, said]) => [
    status,
    {
      description: titles[Number(status)],
      ...(['429', '503'].includes(status) && { headers: patient }),
      ...content('Failure', typeof said === 'string' ? { error: { message: said } } : said)
    }
  ])
  const good = { description, headers: limited, ...content(name, example) }
  return { [status]: good, ...Object.fromEntries(failed) }
}

function content(name: Component, example: unknown) {
  const schema = { $ref: `#/components/schemas/${name}` }
  return { content: { 'application/json': { schema, example } } }
}

/** A key with one of these scopes; any key, where there is none. */
export function secured(...scopes: Scope[]) {
  if (scopes.length === 0) return [{ key: [] }]
  return scopes.map(scope => ({ key: [scope] }))
}

export const lacking = (scope: Scope) =>
  `This needs a key with the scope ${scope}; yours has none. Ask the operator for one.`
