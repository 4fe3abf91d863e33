import type { Language } from '../language.ts'
import type { State } from '../queue/state.ts'
import { again } from './again.ts'
import { cut, refused, resent } from './delivery.ts'
import { doubt } from './doubt.ts'
import { type Explainer, type Explanation, type Facts, openTongue } from './facts.ts'
import { failed } from './failed.ts'
import { cancelled, discarded, finished } from './over.ts'
import { returned } from './returned.ts'
import { running } from './running.ts'
import { waiting } from './waiting.ts'

const byState: Record<State, Explainer> = {
  ...{ waiting, running, retrying: waiting, finished, failed, discarded, cancelled }
}

/** Why a job is where it is, in sentences: first how it stands, then how it came to this. */
export function explain(facts: Facts, language: Language): Explanation {
  const tongue = openTongue(language, facts.now)
  const parts = [byState[facts.job.state], doubt, returned, again, cut, refused, resent]
  const said = parts.map(part => part(facts, tongue))
  return {
    why: said.flatMap(({ why = [] }) => why),
    todo: said.flatMap(({ todo = [] }) => todo)
  }
}
