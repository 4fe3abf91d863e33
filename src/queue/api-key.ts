import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from '../database.ts'
import { now } from './clock.ts'
import { repeated } from './statement.ts'

/** What the bearer of a key may do. */
export const scopes = ['orders:write', 'jobs:read', 'jobs:act', 'webhooks'] as const
export type Scope = (typeof scopes)[number]

/** One row of `api_keys`. Times are milliseconds since 1970. */
export type ApiKey = {
  id: number
  /** Which program has it; the same after a rotation. */
  name: string
  /** SHA-256. A key has 192 random bits, so nothing slower is needed to keep it from being guessed. */
  hash: string
  /** How the key begins, to know it by. */
  prefix: string
  /** A secret of the program that outlasts its keys: idempotency keys, uploads and limits go by it. */
  space: string
  /** As in `orders:write,jobs:read`. */
  scopes: string
  per_minute: number
  created_at: number
  expires_at: number | null
  last_used_at: number | null
  revoked_at: number | null
}

type Terms = Pick<ApiKey, 'name' | 'space' | 'scopes' | 'per_minute' | 'expires_at'>
/** The only time that a key is seen whole. */
export type Made = { secret: string; key: Omit<ApiKey, 'id'> }

const form = /^bl_[0-9a-f]{48}$/
const prefixLength = 'bl_'.length + 8
const usedSeconds = 60

/** Whether a text can be a key at all; what can't costs no statement. */
export const hasForm = (secret: string): boolean => form.test(secret)

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** The row of a key, whether it is still open or not. */
export async function find(database: Database, secret: string): Promise<ApiKey | undefined> {
  if (!hasForm(secret)) return undefined
  const hash = hashOf(secret)
  const row = await repeated(() => database<ApiKey>('api_keys').where({ hash }).first())
  return row && timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash)) ? row : undefined
}

/** Notes that a key is in use, at most once a minute, however many processes see it. */
export async function touch(database: Database, { id, last_used_at }: ApiKey) {
  const time = now(database)
  const before = time - usedSeconds * 1000
  if (last_used_at !== null && last_used_at > before) return
  await database('api_keys')
    .where({ id })
    .where(row => row.whereNull('last_used_at').orWhere('last_used_at', '<=', before))
    .update({ last_used_at: time })
}

/** Whether a key opens anything at this time. */
export function isOpen({ revoked_at, expires_at }: Omit<ApiKey, 'id'>, time: number): boolean {
  return revoked_at === null && (expires_at === null || expires_at > time)
}

export async function all(database: Database): Promise<ApiKey[]> {
  return await database<ApiKey>('api_keys').orderBy('name').orderBy('id')
}

/** The keys of a program that are open, the newest last. */
export async function openOf(database: Database, name: string): Promise<ApiKey[]> {
  const keys = await database<ApiKey>('api_keys').where({ name }).orderBy('id')
  return keys.filter(key => isOpen(key, now(database)))
}

/** A key for a program that has none. */
export async function add(database: Database, terms: Omit<Terms, 'space'>): Promise<Made> {
  return await insert(database, { ...terms, space: randomBytes(16).toString('hex') })
}

/** Another key for the same program; those before it open until then, or shorter, if they end sooner. */
export async function rotate(
  database: Database,
  keys: [ApiKey, ...ApiKey[]],
  until: number,
  expires_at: number | null
): Promise<Made> {
  const { name, space, scopes, per_minute } = keys.at(-1) as ApiKey
  const made = await insert(database, { name, space, scopes, per_minute, expires_at })
  const ids = keys.map(({ id }) => id)
  await database('api_keys')
    .whereIn('id', ids)
    .where(row => row.whereNull('expires_at').orWhere('expires_at', '>', until))
    .update({ expires_at: until })
  return made
}

/** Closes keys for good. */
export async function revoke(database: Database, keys: ApiKey[]) {
  const ids = keys.map(({ id }) => id)
  await database('api_keys')
    .whereIn('id', ids)
    .update({ revoked_at: now(database) })
}

async function insert(database: Database, terms: Terms): Promise<Made> {
  const secret = `bl_${randomBytes(24).toString('hex')}`
  const key = {
    ...terms,
    hash: hashOf(secret),
    prefix: secret.slice(0, prefixLength),
    created_at: now(database),
    last_used_at: null,
    revoked_at: null
  }
  await database('api_keys').insert(key)
  return { secret, key }
}
