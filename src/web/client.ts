import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Who is counted as one. A household has a whole /64 of IPv6 (RFC 6177), and could come from another
 * address of it each time.
 */
export function clientOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === '' ? [] : tail.split(':')
  const missing = ip.includes('::') ? 8 - groups.length - rest.length : 0
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest]
  return whole
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}
