import { nearest } from '../near.ts'
import type { Filter } from '../queue/filter.ts'
import { origins, type State } from '../queue/state.ts'
import { type Options, WrongUsage } from './command.ts'

/** What a list of jobs is narrowed by. */
export const filterOptions = {
  state: {
    type: 'string',
    value: 'STATE',
    help: 'waiting, running, retrying, finished, failed, discarded or cancelled'
  },
  kind: { type: 'string', value: 'KIND', help: 'only of this kind, as in invoice' },
  search: {
    type: 'string',
    value: 'TEXT',
    help: 'an id, token, mail address, number or name as a whole; else words of payload and error'
  }
} as const satisfies Options

type Values = { state?: string | undefined; kind?: string | undefined; search?: string | undefined }

/** The filter but for the search, of which the database must say first how it finds something. */
export function filterOf({ state, kind }: Values): Filter {
  return { state: state === undefined ? undefined : readState(state), kind }
}

function readState(typed: string): State {
  const states = Object.keys(origins) as State[]
  const state = states.find(one => one === typed)
  if (state) return state
  const meant = nearest(typed, states)
  const hint = meant ? `did you mean ${meant}?` : `they are ${states.join(', ')}.`
  throw new WrongUsage(`There is no state "${typed}": ${hint}`)
}

/** A whole number of an option. Throws a sentence for anything else. */
export function readNumber(flag: string, typed: string, most: number, least = 1): number {
  const value = /^\d{1,16}$/.test(typed) ? Number(typed) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongUsage(`${flag} is "${typed}": give a whole number from ${least} to ${most}.`)
}
