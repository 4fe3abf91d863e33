import type { FastifyReply } from 'fastify'

/** Everything comes from us, nothing is framed, forms come back to us: pages have no inline script or style. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'"
].join('; ')

/**
 * What browsers are told with every answer. HTTPS ends at the load balancer, and nginx, which knows of it,
 * promises HTTPS (.platform/nginx).
 */
export const browserRules = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The address of a page is the key to its file.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY'
}

/** On the raw answer, so that streams of events have them, too. */
export function setBrowserRules({ raw }: FastifyReply) {
  for (const [name, value] of Object.entries(browserRules)) raw.setHeader(name, value)
}
