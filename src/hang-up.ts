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
