import { styleText } from 'node:util'
import type { State } from '../queue/state.ts'

const colours = {
  waiting: 'cyan',
  running: 'blue',
  retrying: 'yellow',
  finished: 'green',
  failed: 'red',
  discarded: 'gray',
  cancelled: 'gray'
} as const satisfies Record<State, string>

/** The name of a state in its colour; plain where nobody sees it, and with NO_COLOR. */
export function painted(text: string): string {
  const colour = Object.hasOwn(colours, text) ? colours[text as State] : undefined
  return colour ? styleText(colour, text, { stream: process.stdout }) : text
}

export const heading = (text: string) => styleText('bold', text, { stream: process.stdout })
