import { type ApiKey, isOpen } from '../queue/api-key.ts'

const heads = ['NAME', 'KEY', 'STATE', 'SCOPES', 'PER MINUTE', 'CREATED', 'EXPIRES', 'LAST USED']

/** Keys as a plain table; times in UTC. */
export function keyTable(keys: ApiKey[], time: number): string {
  if (keys.length === 0) return 'There are no keys. Make one: npm run keys -- add "ERP"'
  const rows = [heads, ...keys.map(key => cells(key, time))]
  const widths = heads.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  return rows
    .map(row => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map(line => line.trimEnd())
    .join('\n')
}

function cells(key: ApiKey, time: number) {
  const closed = key.revoked_at === null ? 'expired' : 'revoked'
  return [
    key.name,
    `${key.prefix}…`,
    isOpen(key, time) ? 'open' : closed,
    key.scopes,
    String(key.per_minute),
    ...[key.created_at, key.expires_at, key.last_used_at].map(shown)
  ]
}

function shown(time: number | null) {
  return time === null ? '-' : new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
