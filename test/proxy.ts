import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export type Proxy = Awaited<ReturnType<typeof startProxy>>

/** Stands before the server of a URL; once silent, it swallows every byte and ends no connection. */
export async function startProxy(t: TestContext, target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isSilent = false
  const lost = Promise.withResolvers<void>()
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    join(near, far)
    join(far, near)
  })

  function join(from: Socket, to: Socket) {
    sockets.add(from)
    from.on('data', bytes => (isSilent ? lost.resolve() : to.write(bytes)))
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = new URL(target)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    silence(is: boolean) {
      isSilent = is
    },
    /** Until the first bytes are lost. */
    swallowed: () => lost.promise
  }
}
