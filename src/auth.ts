import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares secrets in a time that tells nothing about them. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

/** The secret of an `Authorization: Bearer …` header (RFC 6750). */
export function bearerSecret(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}

/** Name and password of an `Authorization: Basic …` header (RFC 7617). */
export function basicCredentials(authorization: string | undefined) {
  const encoded = /^Basic +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (!encoded) return undefined
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  return { name, password: password.join(':') }
}

function digest(secret: string) {
  return createHash('sha256').update(secret).digest()
}
