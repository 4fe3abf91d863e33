import type { Decision } from '../queue/decision.ts'
import {
  as,
  type Command,
  defineCommand,
  json,
  local,
  type Options,
  WrongUsage
} from './command.ts'
import { decideAll } from './decide-all.ts'
import { decideEach } from './decide-each.ts'
import { withLine } from './line.ts'
import { personOf } from './person.ts'
import { filterOptions } from './wanted.ts'

const options = {
  all: { type: 'boolean', help: 'all jobs of a state, by --state and what else narrows them' },
  ...filterOptions,
  yes: { type: 'boolean', help: 'do not ask; needed with --all where nobody can be asked' },
  ...as,
  ...json,
  ...local
} as const satisfies Options

type Texts = Pick<Command, 'about' | 'examples'>

/** The command of what the operator may decide about jobs: of those named, or of all that a filter has. */
export function decideCommand(decision: Decision, texts: Texts): Command {
  return defineCommand({
    ...texts,
    usage: 'ID…|--all --state STATE [options]',
    options,
    async run({ words, values }) {
      const { all = false, state, kind, search } = values
      if (all === words.length > 0)
        throw new WrongUsage(`Say which jobs: beanline ${decision} 42 43, or --all with --state.`)
      if (!all && (state ?? kind ?? search) !== undefined)
        throw new WrongUsage(
          '--state, --kind and --search are for --all: name the jobs, or say --all.'
        )
      const person = personOf(values)
      const act = all ? decideAll : decideEach
      return await withLine(values, line => act({ line, person, decision }, { words, values }))
    }
  })
}
