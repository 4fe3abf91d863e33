import type { Filter } from '../../queue/filter.ts'
import type { State } from '../../queue/state.ts'
import { stateNames } from '../../state.ts'

/** A list of jobs as its address says it: which, and what part of them. */
export type Asked = {
  state?: State | undefined
  kind?: string | undefined
  /** A day, or a minute, in Japan: `2026-11-26`, `2026-11-26T18:00`. */
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  /** How `q` is searched for: as the whole of something, or as words in the text; first one, then the other without it. */
  by?: 'key' | 'words' | undefined
  before?: number | undefined
  after?: number | undefined
}

export type Query = Record<string, unknown>

const longestSearch = 200

/** What can't be understood is left out. */
export function readAsked(query: Query): Asked {
  const { state, kind, from, to, q, by, before, after } = query
  return {
    state: isText(state) && Object.hasOwn(stateNames, state) ? (state as State) : undefined,
    kind: isText(kind) && /^[\w-]{1,64}$/.test(kind) ? kind : undefined,
    from: isText(from) && timeOf(from) !== undefined ? from : undefined,
    to: isText(to) && timeOf(to) !== undefined ? to : undefined,
    q: isText(q) && q.trim() !== '' ? [...q.trim()].slice(0, longestSearch).join('') : undefined,
    by: by === 'key' || by === 'words' ? by : undefined,
    before: readId(before),
    after: readId(after)
  }
}

/** As it stands in our own links; `0x1` and `1e400` are numbers, but no ids. */
export function readId(text: unknown): number | undefined {
  return isText(text) && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

export function filterOf({ state, kind, from, to, q }: Asked, by: Asked['by']): Filter {
  const time = { from: timeOf(from), to: timeOf(to, day) }
  return { state, kind, ...time, ...(q !== undefined && by && { [by]: q }) }
}

/** The address of a list, and of what to say on it. */
export function jobsPath(asked: Asked, done?: string): string {
  return `/dashboard/jobs/${queryOf(asked, done)}`
}

export function queryOf(asked: object, done?: string): string {
  const entries = Object.entries({ ...asked, done }).filter(([, value]) => value)
  const parts = entries.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

const day = 86_400_000
const isText = (value: unknown): value is string => typeof value === 'string'

/** In milliseconds since 1970; `more` is added to a day, for its end. */
function timeOf(text: string | undefined, more = 0): number | undefined {
  const [, date, minute] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?$/.exec(text ?? '') ?? []
  const time = Date.parse(`${date}T${minute ?? '00:00'}+09:00`)
  if (Number.isNaN(time)) return undefined
  return minute ? time : time + more
}
