import fc from 'fast-check'
import * as commands from './command.ts'
import type { Ear } from './delivery.ts'
import { kindNames, manners } from './kind.ts'
import { buttonNames, taskNames } from './process.ts'

const n = fc.nat(99)
/** About the times after which something happens: a beat, a lease, the sweep's two minutes, its hour. */
const seconds = fc.constantFrom(1, 6, 11, 31, 40, 61, 130, 720, 3700)
/** Few orders carry an idempotency key. */
const key = fc.constantFrom(null, null, null, null, 0, 1)
/** A statement is repeated three times when its connection is lost, and fails the fourth time. */
const times = fc.constantFrom(1, 1, 1, 2, 4)
const kind = fc.constantFrom(...kindNames)
/** Those of the same moment share calls to SQS. */
const count = fc.constantFrom(1, 1, 1, 1, 4)
const which = fc.constantFrom<commands.Which>('visible', 'known')
const ear = fc.constantFrom<Ear>('hears', 'hears', 'hears', 'is deaf')

/** What may happen next, and how often among other things; the numbers choose from what there is by then. */
const choices: [number, fc.Arbitrary<commands.Command>][] = [
  [3, from(commands.enqueue, kind, fc.constantFrom(...manners), key, count)],
  [2, from(commands.receive, which, n, ear)],
  [8, from(commands.attempt, which, n, fc.nat(9), n, times)],
  [8, from(commands.step, n, fc.nat(9), n, times)],
  [4, from(commands.finish, n)],
  [3, from(commands.pass, seconds, fc.boolean())],
  [1, from(commands.freeze, seconds)],
  [2, from(commands.run, fc.constantFrom(...taskNames))],
  [2, from(commands.click, fc.constantFrom(...buttonNames), n)],
  [1, from(commands.lose, n)],
  [1, from(commands.stop, n)],
  [1, from(commands.kill, n)]
]

function from<Given extends unknown[]>(
  command: (...given: Given) => commands.Command,
  ...given: { [Index in keyof Given]: fc.Arbitrary<Given[Index]> }
): fc.Arbitrary<commands.Command> {
  return fc.tuple<Given>(...given).map(values => command(...values))
}

export function anyCommands(): fc.Arbitrary<Iterable<commands.Command>> {
  const all = choices.flatMap(([weight, choice]) => Array<typeof choice>(weight).fill(choice))
  return fc.commands(all, { maxCommands: 120, size: 'max' })
}
