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
  let isRefusing = false
  let refused = 0
  let answersLeft = Number.POSITIVE_INFINITY
  const lost = Promise.withResolvers<void>()
  const server = createServer(near => {
    if (isRefusing) {
      refused += 1
      return near.destroy()
    }
    const far = connect(Number(port), hostname)
    const pair = { isBroken: false }
    join(near, far, pair)
    join(far, near, pair)
    far.prependListener('data', () => {
      answersLeft -= 1
      if (answersLeft < 0) cut(near, far)
    })
  })

  function join(from: Socket, to: Socket, pair: { isBroken: boolean }) {
    sockets.add(from)
    from.on('data', bytes => {
      pair.isBroken ||= isSilent
      if (pair.isBroken) lost.resolve()
      else if (to.writable) to.write(bytes)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }

  /** What the server says in return to the last statement is lost with the connection. */
  function cut(near: Socket, far: Socket) {
    answersLeft = Number.POSITIVE_INFINITY
    near.destroy()
    far.destroy()
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
    /** Ends all connections, and every new one, as a server does that is down. */
    refuse(is: boolean) {
      isRefusing = is
      if (is) for (const socket of sockets) socket.destroy()
    },
    refused: () => refused,
    /** Lets so many answers through, then cuts the connection instead of the next one; gives whether it has. */
    cutAfter(answers: number) {
      answersLeft = answers
      return () => answersLeft === Number.POSITIVE_INFINITY
    },
    /** Until the first bytes are lost. */
    swallowed: () => lost.promise,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }
}
