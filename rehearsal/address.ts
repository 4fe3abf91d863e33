import { once } from 'node:events'
import { createServer } from 'node:net'

const appPort = 8080
/** Of 127.0.0.x, which are all this machine on Linux. */
const last = 250

/** Where nginx listens: at 80 as on an instance where that is allowed, else at 8000. */
export async function nginxPort(): Promise<number> {
  for (let n = 1; n <= last; n += 1) if (await isFree(`127.0.0.${n}`, 80)) return 80
  return 8000
}

/** So many loopback addresses on which nobody listens at the ports of an instance. */
export async function freeAddresses(count: number, port: number): Promise<string[]> {
  const addresses: string[] = []
  for (let n = 1; n <= last && addresses.length < count; n += 1) {
    const address = `127.0.0.${n}`
    if ((await isFree(address, appPort)) && (await isFree(address, port))) addresses.push(address)
  }
  if (addresses.length < count)
    throw new Error(
      `Something listens on port ${appPort} or ${port} of every address: stop it, and rehearse again.`
    )
  return addresses
}

async function isFree(host: string, port: number) {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
