import { parseArgs } from 'node:util'
import type { Database } from '../database.ts'
import * as keys from '../queue/api-key.ts'
import { now } from '../queue/clock.ts'
import { keyTable } from './table.ts'

const help = `Keys for the API. The database is that of DATABASE_URL.

  npm run keys -- add NAME --scopes ${keys.scopes.join(',')} [--days 365] [--per-minute 6000]
      A key for the program NAME. It is shown once: only its hash is kept.
  npm run keys -- list
      All keys, with the time of their last use. None is shown whole.
  npm run keys -- rotate NAME [--hours 24] [--days 365]
      Another key for the same program. Those before it work for so many hours more, none with 0.
  npm run keys -- revoke NAME
      Closes all keys of the program, within 5 s.

  orders:write   sends orders and files, and looks at a job by its token
  jobs:read      lists all jobs, whoever ordered them: their tokens open the pages of people
  jobs:act       cancels and retries a job by its token
  webhooks       says which programs are told that a job, whoever ordered it, has finished or failed`

const options = {
  scopes: { type: 'string' },
  days: { type: 'string' },
  hours: { type: 'string', default: '24' },
  'per-minute': { type: 'string', default: '6000' }
} as const

type Values = { scopes?: string; days?: string; hours: string; 'per-minute': string }
type Command = (database: Database, name: string, values: Values) => Promise<string>

const commands: Record<string, Command> = {
  async add(database, name, values) {
    if (name.length > 64) throw new Error('The name is too long: use at most 64 characters.')
    if ((await keys.openOf(database, name)).length > 0)
      throw new Error(`"${name}" has a key: rotate or revoke that, or choose another name.`)
    const scopes = readScopes(values.scopes)
    const per_minute = number('per-minute', values['per-minute'], 1, 1_000_000)
    const terms = { name, scopes, per_minute, expires_at: endOf(database, values.days) }
    return shown(await keys.add(database, terms))
  },

  async rotate(database, name, { hours, days }) {
    const open = await openOf(database, name)
    const until = now(database) + number('hours', hours, 0, 8760) * 3_600_000
    return shown(await keys.rotate(database, open, until, endOf(database, days)))
  },

  async revoke(database, name) {
    const open = await openOf(database, name)
    await keys.revoke(database, open)
    return `Closed: ${open.map(({ prefix }) => `${prefix}…`).join(', ')}. Web tiers forget it within 5 s.`
  }
}

/** Does what a command line says and gives what to print; throws a sentence that says what to do. */
export async function run(database: Database | undefined, line: string[]): Promise<string> {
  if (!database) return help
  const { values, positionals } = parseArgs({ args: line, options, allowPositionals: true })
  const [verb = '', name, ...more] = positionals
  if (verb === 'list') return keyTable(await keys.all(database), now(database))
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (!command) throw new Error(`There is no command "${verb}".\n\n${help}`)
  if (!name?.trim() || more.length > 0)
    throw new Error(`Say which program: npm run keys -- ${verb} "ERP"`)
  return await command(database, name.trim(), values)
}

async function openOf(database: Database, name: string) {
  const [first, ...more] = await keys.openOf(database, name)
  if (!first) throw new Error(`"${name}" has no open key: "npm run keys -- list" shows all.`)
  return [first, ...more] satisfies [keys.ApiKey, ...keys.ApiKey[]]
}

function readScopes(text = '') {
  const chosen = text
    .split(',')
    .map(scope => scope.trim())
    .filter(Boolean)
  const wrong = chosen.find(scope => !keys.scopes.some(known => known === scope))
  if (wrong) throw new Error(`There is no scope "${wrong}": choose from ${keys.scopes.join(', ')}.`)
  if (chosen.length === 0) throw new Error(`Say what it may do: --scopes ${keys.scopes.join(',')}`)
  return keys.scopes.filter(scope => chosen.includes(scope)).join(',')
}

function endOf(database: Database, days: string | undefined) {
  return days === undefined ? null : now(database) + number('days', days, 1, 3650) * 86_400_000
}

function number(name: string, text: string, least: number, most: number) {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Error(`--${name} is "${text}": give a whole number from ${least} to ${most}.`)
}

function shown({ secret, key }: keys.Made) {
  const end = key.expires_at ? `until ${new Date(key.expires_at).toISOString()}` : 'without end'
  return `${secret}

This is the key of "${key.name}" (${key.scopes}), ${end}. Keep it now: it is not shown again.`
}
