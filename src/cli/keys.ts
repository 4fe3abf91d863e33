import type { Database } from '../database.ts'
import * as keyring from '../queue/api-key.ts'
import { audited } from '../queue/audit.ts'
import { now } from '../queue/clock.ts'
import type { Services } from '../services.ts'
import { as, type Call, defineCommand, json, local, utc, WrongUsage } from './command.ts'
import { describe, keyTable } from './key-table.ts'
import { openShellLog, withDatabase } from './line.ts'
import { personOf } from './person.ts'
import { jsonText, print } from './print.ts'
import { clockOf } from './time.ts'
import { readNumber } from './wanted.ts'

export const keys = defineCommand({
  usage: 'add NAME --scopes SCOPES | list | rotate NAME | revoke NAME',
  about: `Keys for the API, beside those of API_KEYS. A key is for a program, by its name, and is shown once: only its
hash is kept. "rotate" gives the program another one, "revoke" closes all that it has, within 5 s.

  orders:write   sends orders and files, and looks at a job by its token
  jobs:read      lists all jobs, whoever ordered them: their tokens open the pages of people
  jobs:act       cancels and retries a job by its token
  webhooks       adds and removes the endpoints that are told of jobs, whoever ordered them`,
  options: {
    scopes: { type: 'string', value: 'SCOPES', help: 'what a new key may do, with commas between' },
    days: {
      type: 'string',
      value: '365',
      help: 'until when a new key works; without it, for ever'
    },
    hours: { type: 'string', value: '24', default: '24', help: 'how long rotated keys still work' },
    'per-minute': {
      type: 'string',
      value: '6000',
      default: '6000',
      help: 'requests, for a new one'
    },
    ...as,
    ...utc,
    ...json,
    ...local
  },
  examples: [
    ['beanline keys add ERP --scopes orders:write,jobs:read --days 365', 'a key for a year'],
    ['beanline keys list', 'all keys, with the time of their last use; none is shown whole'],
    ['beanline keys rotate ERP --hours 1', 'another key; the one before works for an hour more']
  ],
  async run(call) {
    return await withDatabase(call.values, async database =>
      print(await manage({ database, log: openShellLog() }, call as KeyCall))
    )
  }
})

type Values = {
  scopes?: string
  days?: string
  hours: string
  'per-minute': string
  as?: string
  json?: boolean
  utc?: boolean
}
export type KeyCall = Call & { values: Values }

/** What an act has made, or the beginnings of the keys that it has closed. */
type Outcome = keyring.Made | { closed: string[] }
type Act = (database: Database, name: string, values: Values) => Promise<Outcome>

const acts: Record<string, Act> = {
  async add(database, name, values) {
    if (name.length > 64) throw new WrongUsage('The name is too long: use at most 64 characters.')
    const scopes = readScopes(values.scopes)
    const per_minute = readNumber('--per-minute', values['per-minute'], 1_000_000)
    const terms = { name, scopes, per_minute, expires_at: endOf(database, values.days) }
    if ((await keyring.openOf(database, name)).length > 0)
      throw new Error(`"${name}" has a key: rotate or revoke that, or choose another name.`)
    return await keyring.add(database, terms)
  },

  async rotate(database, name, { hours, days }) {
    const until = now(database) + readNumber('--hours', hours, 8760, 0) * 3_600_000
    const end = endOf(database, days)
    return await keyring.rotate(database, await openOf(database, name), until, end)
  },

  async revoke(database, name) {
    const open = await openOf(database, name)
    await keyring.revoke(database, open)
    return { closed: open.map(({ prefix }) => `${prefix}…`) }
  }
}

/** Does what was typed and gives what to print; throws a sentence that says what to do. */
export async function manage(
  line: Pick<Services, 'database' | 'log'>,
  { words: [verb = '', name = '', ...more], values }: KeyCall
): Promise<string> {
  const { database } = line
  if (verb === 'list') {
    const all = await keyring.all(database)
    const time = now(database)
    return values.json
      ? jsonText({
          keys: all.map(key => ({ ...describe(key), isOpen: keyring.isOpen(key, time) }))
        })
      : keyTable(all, time, clockOf(values))
  }
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined
  if (!act)
    throw new WrongUsage(
      verb === ''
        ? 'Say what to do: beanline keys add, list, rotate or revoke.'
        : `There is no "keys ${verb}": say add, list, rotate or revoke.`
    )
  const program = name.trim()
  if (program === '' || more.length > 0)
    throw new WrongUsage(`Say which program: beanline keys ${verb} ERP`)
  const about = { action: `key-${verb}`, details: { program } }
  const outcome = await audited(line, personOf(values), about, () => act(database, program, values))
  return shown(outcome, values)
}

async function openOf(database: Database, name: string) {
  const [first, ...more] = await keyring.openOf(database, name)
  if (!first) throw new Error(`"${name}" has no open key: "beanline keys list" shows all.`)
  return [first, ...more] satisfies [keyring.ApiKey, ...keyring.ApiKey[]]
}

function readScopes(text = '') {
  const chosen = text
    .split(',')
    .map(scope => scope.trim())
    .filter(Boolean)
  const all = keyring.scopes.join(',')
  const wrong = chosen.find(scope => !keyring.scopes.some(known => known === scope))
  if (wrong) throw new WrongUsage(`There is no scope "${wrong}": choose from ${all}.`)
  if (chosen.length === 0) throw new WrongUsage(`Say what it may do: --scopes ${all}`)
  return keyring.scopes.filter(scope => chosen.includes(scope)).join(',')
}

function endOf(database: Database, days: string | undefined) {
  return days === undefined ? null : now(database) + readNumber('--days', days, 3650) * 86_400_000
}

function shown(outcome: Outcome, values: Values): string {
  if (values.json)
    return jsonText(
      'closed' in outcome ? outcome : { secret: outcome.secret, ...describe(outcome.key) }
    )
  if ('closed' in outcome)
    return `Closed: ${outcome.closed.join(', ')}. Web tiers forget it within 5 s.`
  const { secret, key } = outcome
  const end = key.expires_at ? `until ${clockOf(values).full(key.expires_at)}` : 'without end'
  return `${secret}

This is the key of "${key.name}" (${key.scopes}), ${end}. Keep it now: it is not shown again.`
}
