import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * When the app closes, hangs up on every client that is not in a request. Node would wait without end
 * for a connection that has never carried one (browsers open some ahead), and for a request that never
 * arrives whole.
 */
export function hangUpIdle(app: FastifyInstance) {
  const idle = new Set<Socket>()
  let isClosing = false

  function rest(socket: Socket) {
    if (isClosing) return socket.destroySoon()
    idle.add(socket)
  }

  app.server.on('connection', (socket: Socket) => {
    socket.once('close', () => idle.delete(socket))
    rest(socket)
  })
  app.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket)
    response.once('close', () => socket.destroyed || rest(socket))
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const socket of idle) socket.destroySoon()
  })
}

/** On `stopping`, hangs up on every client whose request has not arrived whole; the others get their answers. */
export function hangUpUnfinished({ server }: FastifyInstance, stopping: AbortSignal) {
  const inWork = new Set<IncomingMessage>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    inWork.add(request)
    response.once('close', () => inWork.delete(request))
  })
  stopping.addEventListener('abort', () => {
    for (const request of inWork) if (!request.complete) request.destroy()
  })
}
