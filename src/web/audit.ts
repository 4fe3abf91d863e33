import type { FastifyRequest } from 'fastify'
import type { Details } from '../queue/action.ts'
import { type About, audited } from '../queue/audit.ts'
import type { Line } from '../queue/perform.ts'
import { longestName } from './dashboard/actor.ts'

/** What somebody has asked for on the dashboard, or a program by the API, with its entry in the audit log. */
export async function audit<Value>(
  line: Line,
  request: FastifyRequest,
  about: About,
  work: (details: Details) => Promise<Value>
): Promise<Value> {
  const who = whoSent(request)
  if (!who) throw new Error(`Nobody is in the dashboard who could ${about.action}.`)
  // What is forwarded may be anything where no proxy of ours has looked at it.
  const person = { ...who, address: request.ip.slice(0, 45) }
  return await audited(line, person, about, work)
}

/** The name of a key may be longer than that of a person. */
function whoSent({ actor, apiKey }: FastifyRequest) {
  return apiKey ? { role: 'api' as const, name: apiKey.name.slice(0, longestName) } : actor
}
