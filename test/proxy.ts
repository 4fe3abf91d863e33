import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export type Proxy = Awaited<ReturnType<typeof openProxy>>

/** The same for a test, after which it is closed. */
export async function startProxy(t: TestContext, target: string) {
  const proxy = await openProxy(target)
  t.after(() => proxy.close())
  return proxy
}

/**
 * Stands before the server of a URL; once silent, it swallows every byte and ends no connection. One that
 * has lost bytes stays silent for good, as one that a router has forgotten.
 */
export async function openProxy(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isSilent = false
  const lost = Promise.withResolvers<void>()
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    const pair = { isBroken: false }
    join(near, far, pair)
    join(far, near, pair)
  })

  function join(from: Socket, to: Socket, pair: { isBroken: boolean }) {
    sockets.add(from)
    from.on('data', bytes => {
      pair.isBroken ||= isSilent
      if (pair.isBroken) lost.resolve()
      else to.write(bytes)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(target)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    silence(is: boolean) {
      isSilent = is
    },
    /** Until the first bytes are lost. */
    swallowed: () => lost.promise,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }
}
