import { bearerSecret, isSameSecret } from '../../auth.ts'
import * as apiKeys from '../../queue/api-key.ts'
import { now } from '../../queue/clock.ts'
import type { Line } from '../../queue/perform.ts'
import { admit } from '../overload.ts'

/** Who sends a request, as far as it matters. */
export type Key = {
  name: string
  scopes: readonly apiKeys.Scope[]
  /** Keeps the idempotency keys, uploads and limits of one program apart from those of others. */
  space: string
  perMinute: number
}

type Row = apiKeys.ApiKey | undefined

/** A key that is revoked goes on for so long in a process that has seen it; so an order costs no look at it. */
const keptMilliseconds = 5000
/** So many wrong keys are kept as well, no more. */
const mostKept = 1000
/** As many as from one address. */
const perMinuteOfEnvironment = 12_000

/** Finds the key of a request, among those of `API_KEYS` and in the database; throws an overload. */
export function openKeys(line: Line) {
  const fixed = line.config.API_KEYS.split(',')
    .map(key => key.trim())
    .filter(Boolean)
  const kept = new Map<string, { row: Promise<Row>; until: number }>()

  async function look(secret: string): Promise<Row> {
    if (!apiKeys.hasForm(secret)) return undefined
    const hash = apiKeys.hashOf(secret)
    const known = kept.get(hash)
    if (known && known.until > Date.now()) return await known.row
    admit(line.database)
    const row = apiKeys.find(line.database, secret)
    kept.delete(hash)
    kept.set(hash, { row, until: Date.now() + keptMilliseconds })
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
    row.then(note, () => kept.delete(hash))
    return await row
  }

  function note(key: Row) {
    if (!key || !apiKeys.isOpen(key, now(line.database))) return
    const touched = apiKeys.touch(line.database, key)
    line.underway
      .add(touched)
      .catch(error => line.log.warn({ err: error, key: key.name }, 'use of a key not noted'))
  }

  return {
    /** Gives the key, or a sentence that says why there is none. */
    async find(authorization: string | undefined): Promise<Key | string> {
      const secret = bearerSecret(authorization)
      if (!secret) return sendOne
      const own = fixed.find(key => isSameSecret(secret, key))
      if (own)
        return {
          name: 'API_KEYS',
          scopes: apiKeys.scopes,
          space: own,
          perMinute: perMinuteOfEnvironment
        }
      const row = await look(secret)
      if (!row) return sendOne
      if (apiKeys.isOpen(row, now(line.database))) return toKey(row)
      return row.revoked_at === null ? expired : revoked
    }
  }
}

const sendOne =
  'Send a valid key: "Authorization: Bearer <key>". The operator makes one with "npm run keys", or sets API_KEYS.'
const expired =
  'This key has expired: ask the operator for its successor ("npm run keys -- rotate").'
const revoked = 'This key was revoked: ask the operator for another one ("npm run keys -- add").'

function toKey({ name, scopes, space, per_minute }: apiKeys.ApiKey): Key {
  const list = apiKeys.scopes.filter(scope => scopes.split(',').includes(scope))
  return { name, scopes: list, space, perMinute: Number(per_minute) }
}
