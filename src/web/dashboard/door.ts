import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { basicPassword, isSameSecret } from '../auth.ts'

/** A hook that lets nobody in but the operator; nobody at all until `OPERATOR_PASSWORD` is set. */
export function door({ OPERATOR_PASSWORD }: Config) {
  return async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    const password = basicPassword(headers.authorization)
    if (OPERATOR_PASSWORD && password && isSameSecret(password, OPERATOR_PASSWORD)) return
    reply.header('www-authenticate', 'Basic realm="Beanline", charset="UTF-8"')
    const closed = 'The dashboard is closed: set OPERATOR_PASSWORD to open it.'
    const message = OPERATOR_PASSWORD ? 'Enter the operator password (any name).' : closed
    return await reply.code(401).type('text/plain; charset=utf-8').send(message)
  }
}
