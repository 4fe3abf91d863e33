import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import Value from 'typebox/value'
import type { Delivery } from '../queue/perform.ts'
import { isTraceparent } from '../trace/traceparent.ts'

const Body = Type.Object({ job: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

/**
 * Whether Beanstalk's daemon sent this. It runs on the same machine, so nginx notes no address but
 * a local one; whoever comes from outside, even with the daemon's name, has a foreign address there.
 */
export function isFromSqsd({ headers }: FastifyRequest): boolean {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
  const addresses = forwarded.split(',').map(address => address.trim())
  return /^aws-sqsd(\/|$)/.test(headers['user-agent'] ?? '') && addresses.every(isLocal)
}

function isLocal(address: string) {
  return address === '' || address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address)
}

/** The delivery that a request carries, or nothing if it is none of ours. */
export function readDelivery({ body, headers }: FastifyRequest): Delivery | undefined {
  const message = parse(String(body))
  if (!Value.Check(Body, message)) return undefined
  const count = Number(headers['x-aws-sqsd-receive-count'])
  const messageId = headers['x-aws-sqsd-msgid']
  return {
    job: message.job,
    receiveCount: count >= 1 ? Math.floor(count) : 1,
    ...(typeof messageId === 'string' && messageId.length <= 100 ? { messageId } : {})
  }
}

/** The span of whoever sent the message, which is an attribute of it; what is none is passed over. */
export function readTraceparent({ headers }: FastifyRequest): string | undefined {
  const text = String(headers['x-aws-sqsd-attr-traceparent'] ?? '')
  return isTraceparent(text) ? text : undefined
}

/** The time that cron.yaml names for a tick (`2026-11-26T12:00:00Z`); without one, it is due now. */
export function readScheduledAt({ headers }: FastifyRequest): Date {
  const time = Date.parse(String(headers['x-aws-sqsd-scheduled-at'] ?? ''))
  return new Date(Number.isNaN(time) ? Date.now() : time)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
