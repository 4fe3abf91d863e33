import { join } from 'node:path'
import { nodePath } from './bundle.ts'
import type { Tier } from './deployed.ts'
import { accessesIn, type Ports, urlOf } from './nginx.ts'
import { type Environment, linesOf, type Program } from './program.ts'
import { until } from './until.ts'

/**
 * An EC2 instance of an environment: application, nginx and, on a worker, sqsd, on a loopback address of
 * its own.
 */
export type Instance = {
  name: string
  tier: Tier
  folder: string
  logs: string
  ports: Ports
  /** The environment properties. */
  properties: Environment
  /** How sqsd is called on a worker, but for what is the instance's own. */
  sqsd: { program: string; flags: string[]; env: Environment }
  units: { app?: Program; nginx?: Program; sqsd?: Program }
  /** When sqsd was cut last, in milliseconds since 1970. */
  cutAt: number
}

/** The version that runs; during a deploy the next one is in `staging`. */
export const currentOf = ({ folder }: Instance) => join(folder, 'current')
export const engineLogOf = ({ logs }: Instance) => join(logs, 'eb-engine.log')
export const appLogOf = ({ logs }: Instance) => join(logs, 'web.stdout.log')

/** What the application, container commands and hooks find in their environment. */
export function environmentOf({ properties, ports }: Instance): Environment {
  const { address, appPort } = ports
  const own = { HOST: address, PORT: String(appPort) }
  return { PATH: nodePath(), LANG: 'C.UTF-8', ...properties, ...own }
}

/** Waits until it answers through nginx. */
export async function healthy({ name, ports }: Instance) {
  await until(`${name} is healthy`, () => isHealthy(urlOf(ports)), { seconds: 30 })
}

async function isHealthy(url: string) {
  try {
    return (await ask(`${url}/healthz`)).ok
  } catch {
    return false
  }
}

/** A request as it comes from the load balancer, where HTTPS ends. */
export async function ask(url: string, about: RequestInit = {}): Promise<Response> {
  const headers = { 'x-forwarded-proto': 'https' }
  return await fetch(url, { ...about, headers, signal: AbortSignal.timeout(30_000) })
}

/** What nginx was asked, in order. */
export function accessesOf({ logs }: Instance) {
  return accessesIn(linesOf(join(logs, 'nginx-access.log')))
}

/** A line of the application's log, as far as it matters here. */
export type Entry = { msg: string; job?: number; task?: string }

export function entriesOf(instance: Instance): Entry[] {
  return linesOf(appLogOf(instance)).flatMap(readEntry)
}

/** Nothing for what Node itself says. */
function readEntry(line: string): Entry[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
