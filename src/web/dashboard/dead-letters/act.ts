import { discardSome, redriveSome } from '../../../queue/redrive.ts'

/** How many are sent back at once. */
export const few = 10
/** Discarded in one request; the page that follows has the button for the rest. */
export const portion = 200

/** What is done to dead letters: how, to how many at most, and what the page and the audit log call it. */
export const acts = {
  redrive: { act: redriveSome, most: few, said: 'sent', audited: 'redrive' },
  discard: { act: discardSome, most: portion, said: 'discarded', audited: 'letter-discard' }
}

export const isAct = (action: string): action is keyof typeof acts => Object.hasOwn(acts, action)
