import { iso } from '../iso-time.ts'
import { type ApiKey, isOpen } from '../queue/api-key.ts'
import { table } from './table.ts'
import type { Clock } from './time.ts'

/** Keys as a plain table. */
export function keyTable(keys: ApiKey[], time: number, clock: Clock): string {
  if (keys.length === 0)
    return 'There are no keys. Make one: beanline keys add ERP --scopes orders:write'
  const heads = ['NAME', 'KEY', 'STATE', 'SCOPES', 'PER MINUTE']
  const times = ['CREATED', 'EXPIRES', 'LAST USED'].map(head => `${head} (${clock.zone})`)
  return table(
    [...heads, ...times],
    keys.map(key => cells(key, time, clock))
  )
}

function cells(key: ApiKey, time: number, clock: Clock) {
  const closed = key.revoked_at === null ? 'expired' : 'revoked'
  return [
    key.name,
    `${key.prefix}…`,
    isOpen(key, time) ? 'open' : closed,
    key.scopes,
    String(key.per_minute),
    ...[key.created_at, key.expires_at, key.last_used_at].map(clock.at)
  ]
}

/** A key for a program; never its hash, nor its space. */
export function describe(key: Omit<ApiKey, 'id'>) {
  const { name, prefix, per_minute, created_at, expires_at, last_used_at, revoked_at } = key
  return {
    ...{ name, prefix, scopes: key.scopes.split(','), perMinute: per_minute },
    createdAt: iso(created_at),
    expiresAt: iso(expires_at),
    lastUsedAt: iso(last_used_at),
    revokedAt: iso(revoked_at)
  }
}
