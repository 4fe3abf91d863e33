import type { Sentence } from '../../../language.ts'
import type { Sight } from './sight.ts'
import { machineTroubles } from './trouble/machine.ts'
import { mailTroubles } from './trouble/mail.ts'
import { tickTroubles } from './trouble/tick.ts'
import { workTroubles } from './trouble/work.ts'

/** What is wrong, and what to do about it; `section` is the heading in docs/operator.md that says more. */
export type Trouble = {
  /** Nothing is done, or something is lost, until somebody acts. */
  isGrave: boolean
  says: Sentence
  remedy: Sentence
  section?: string
  link?: { href: string; text: Sentence }
}

/** Looks for one trouble. */
export type Rule = (sight: Sight) => Trouble | undefined

const rules: Rule[] = [...workTroubles, ...tickTroubles, ...machineTroubles, ...mailTroubles]

/** All that is wrong right now, the worst first. */
export function troublesOf(sight: Sight): Trouble[] {
  const found = rules.map(rule => rule(sight)).filter(trouble => trouble !== undefined)
  return [...found.filter(({ isGrave }) => isGrave), ...found.filter(({ isGrave }) => !isGrave)]
}
