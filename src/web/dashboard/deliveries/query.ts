import type { State } from '../../../queue/state.ts'
import { stateNames } from '../../../state.ts'
import { type Query, queryOf, readId } from '../jobs-query.ts'

export const deliveriesSection = '/dashboard/deliveries/'

/** Which deliveries, as the address says it. */
export type Asked = {
  webhook?: number | undefined
  state?: State | undefined
  before?: number | undefined
}

/** What can't be understood is left out. */
export function readAsked({ webhook, state, before }: Query): Asked {
  const isState = typeof state === 'string' && Object.hasOwn(stateNames, state)
  return {
    webhook: readId(webhook),
    state: isState ? (state as State) : undefined,
    before: readId(before)
  }
}

/** The address of a list; `done` is what was just done, as in `pause-3`. */
export function listPath(asked: Asked, done?: string): string {
  return `${deliveriesSection}${queryOf(asked, done)}`
}

export function deliveryPath(id: number, done?: string): string {
  return `${deliveriesSection}${id}${queryOf({}, done)}`
}
