import { createHmac } from 'node:crypto'

/** A message as Standard Webhooks signs it: `id` is the same over all attempts, `at` is that of one, in milliseconds. */
type Signed = { id: string; at: number; body: string }

/** The headers of Standard Webhooks; one signature for each secret. */
export function headersOf({ id, at, body }: Signed, secrets: string[]) {
  const timestamp = secondsOf(at)
  const signatures = secrets.map(secret => `v1,${sign(`${id}.${timestamp}.${body}`, secret)}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' ')
  }
}

export const secondsOf = (at: number) => String(Math.floor(at / 1000))

function sign(text: string, secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(text).digest('base64')
}
