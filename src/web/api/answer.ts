import type { FastifyReply } from 'fastify'
import type { Problem } from '../../queue/kind.ts'

/** An error as every program gets it. */
export function refuse(reply: FastifyReply, status: number, message: string, problems?: Problem[]) {
  const fields = problems?.map(({ path, sentence }) => ({ path, ...sentence }))
  return reply.code(status).send({ error: { message, ...(fields && { fields }) } })
}
