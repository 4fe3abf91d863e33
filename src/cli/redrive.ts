import { as, defineCommand, json, local, WrongUsage } from './command.ts'
import { withLine } from './line.ts'
import { personOf } from './person.ts'
import { redriveAll, stopRedrive } from './redrive-all.ts'
import { redriveEach, redriveFew } from './redrive-few.ts'
import { readNumber } from './wanted.ts'

const mostAtOnce = 1000

export const redrive = defineCommand({
  usage: 'ID… | --group GROUP [--count 10 | --all --rate 60/min | --stop]',
  about: `Sends the jobs of dead letters back, each with a new message; the old one is deleted. Mend the cause first, and
try a few: "beanline dead-letters" lists the groups. With --all the sweep carries it on, minute by minute, and it stops
by itself when the same error comes back.`,
  options: {
    group: {
      type: 'string',
      value: 'GROUP',
      help: 'of a group, by its name in "beanline dead-letters"'
    },
    count: {
      type: 'string',
      value: '10',
      help: `so many of it, those first that were found first; 10, at most ${mostAtOnce}`
    },
    all: { type: 'boolean', help: 'all of it, little by little' },
    rate: { type: 'string', value: '60/min', help: 'how many a minute; 60, at most 1000' },
    stop: { type: 'boolean', help: 'stops what --all has begun' },
    yes: { type: 'boolean', help: 'do not ask; needed with --all where nobody can be asked' },
    ...as,
    ...json,
    ...local
  },
  examples: [
    ['beanline redrive 42 43', 'two, by the ids of their jobs, or of the messages'],
    ['beanline redrive --group 3fb1c2d4e5f60718 --count 10', 'ten of a group, at once'],
    ['beanline redrive --group 3fb1c2d4e5f60718 --all --rate 60/min', 'all of it, one each second']
  ],
  async run({ words, values }) {
    const { group, all = false, stop = false, count, rate } = values
    if ((group === undefined) === (words.length === 0) || (all && stop))
      throw new WrongUsage('Say what to send back: beanline redrive 42, or --group GROUP.')
    if (rate !== undefined && !all) throw new WrongUsage('--rate is for --all.')
    if (count !== undefined && (all || stop || !group))
      throw new WrongUsage(
        '--count is for some of a group: beanline redrive --group GROUP --count 10'
      )
    const person = personOf(values)
    const few = readNumber('--count', count ?? '10', mostAtOnce)
    return await withLine(values, async line => {
      const by = { line, person }
      if (group === undefined) return await redriveEach(by, words, values)
      if (stop) return await stopRedrive(by, group, values)
      if (all) return await redriveAll(by, group, values)
      return await redriveFew(by, group, few, values)
    })
  }
})
