import type { FastifyRequest } from 'fastify'
import type { Details } from '../../queue/action.ts'
import { type About, audited } from '../../queue/audit.ts'
import type { Line } from '../../queue/perform.ts'

/** What somebody has asked for on the dashboard, with its entry in the audit log. */
export async function audit<Value>(
  line: Line,
  request: FastifyRequest,
  about: About,
  work: (details: Details) => Promise<Value>
): Promise<Value> {
  if (!request.actor) throw new Error(`Nobody is in the dashboard who could ${about.action}.`)
  // What is forwarded may be anything where no proxy of ours has looked at it.
  const person = { ...request.actor, address: request.ip.slice(0, 45) }
  return await audited(line, person, about, work)
}
