import { audited } from '../queue/audit.ts'
import { type Examined, glance } from '../queue/dead-letter.ts'
import { groupsOfDeadLetters, listDeadLetters } from '../queue/letter-list.ts'
import { listRedrives } from '../queue/redrive-order.ts'
import { as, defineCommand, json, local, utc, WrongUsage } from './command.ts'
import { groupJson, letterJson, redriveJson } from './letter-json.ts'
import { groupTable, letterTable, redriveTable } from './letter-table.ts'
import { withDatabase, withLine } from './line.ts'
import { personOf } from './person.ts'
import type { Place } from './place.ts'
import { print, printJson, tell } from './print.ts'
import { clockOf } from './time.ts'
import { readNumber } from './wanted.ts'

const most = 1000

export const deadLetters = defineCommand({
  usage: '[look] [--group GROUP] [options]',
  about: `Lists what the last look at the dead-letter queue has found, in groups of one kind and one error, the largest
first; with --group, the messages of one. The worker looks every five minutes, "look" does it now: it fails the jobs
that still wait for such a message, and drops those that are stale.`,
  options: {
    group: {
      type: 'string',
      value: 'GROUP',
      help: 'the letters of a group, by the name that the list gives it'
    },
    limit: {
      type: 'string',
      value: '50',
      default: '50',
      help: `how many of them, at most ${most}`
    },
    ...as,
    ...utc,
    ...json,
    ...local
  },
  examples: [
    ['beanline dead-letters look', 'what is there now'],
    [
      'beanline dead-letters --group 3fb1c2d4e5f60718',
      'the jobs of one error, those first that were found first'
    ]
  ],
  async run({ words: [verb, ...more], values }) {
    if (more.length > 0 || (verb ?? 'look') !== 'look')
      throw new WrongUsage(
        `"beanline dead-letters" takes "look" or nothing, not "${more[0] ?? verb}".`
      )
    const limit = readNumber('--limit', values.limit ?? '50', most)
    if (verb === 'look') say(await look(values), values.json)
    return values.group === undefined
      ? await showGroups(values)
      : await showLetters(values.group, limit, values)
  }
})

type Values = Place & { as?: string; json?: boolean; utc?: boolean }

async function look(values: Values): Promise<Examined> {
  const person = personOf(values)
  return await withLine(values, async line => {
    if (line.config.DEAD_LETTER_QUEUE_URL === '')
      throw new Error('The line has no dead-letter queue: set DEAD_LETTER_QUEUE_URL to its URL.')
    return await audited(line, person, { action: 'look' }, async details => {
      const examined = await glance(line)
      Object.assign(details, examined)
      return examined
    })
  })
}

function say({ seen, failed, dropped }: Examined, isJson = false) {
  const sentence = `Seen: ${seen}; jobs that failed for it: ${failed}; stale ones dropped: ${dropped}.`
  if (!isJson) tell(sentence)
}

async function showGroups(values: Values): Promise<number> {
  const [groups, redrives] = await withDatabase(
    values,
    async database => [await groupsOfDeadLetters(database), await listRedrives(database)] as const
  )
  if (values.json)
    return printJson({ groups: groups.map(groupJson), redrives: redrives.map(redriveJson) })
  const clock = clockOf(values)
  if (groups.length > 0) print(groupTable(groups, clock))
  else tell('The last look has found no dead letters; "beanline dead-letters look" looks now.')
  return redrives.length > 0 ? print(`\n${redriveTable(redrives, clock)}`) : 0
}

async function showLetters(fingerprint: string, limit: number, values: Values): Promise<number> {
  const letters = await withDatabase(values, database =>
    listDeadLetters(database, { fingerprint }, limit)
  )
  if (values.json) return printJson({ letters: letters.map(letterJson) })
  if (letters.length > 0) return print(letterTable(letters, clockOf(values)))
  throw new Error(`There is no group ${fingerprint} any more: "beanline dead-letters" lists all.`)
}
