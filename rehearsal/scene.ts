import { join } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { openServices, type Services } from '../src/services.ts'
import type { Tier } from './deployed.ts'
import { type Environments, readEnvironments } from './environments.ts'
import type { Instance } from './instance.ts'
import type { Ports } from './nginx.ts'
import type { Stage } from './stage.ts'
import { checkUnits } from './unit.ts'
import { until } from './until.ts'

/** Two environments with a queue, a database and a bucket of their own, so that stories don't meet. */
export type Scene = {
  name: string
  stage: Stage
  queueUrl: string
  deadUrl: string
  mailEventsUrl: string
  bucket: string
  instances: Instance[]
  /** As the web tier has them, to order jobs and to look at them. */
  services: Services
  /** How many jobs were ordered. */
  orders: number
}

type Place = { tier: Tier; ports: Ports }

/** As long as SQS waits for messages in one receive, at most. */
const longPollMilliseconds = 20_000

export async function openScene(stage: Stage, name: string, tiers: Tier[]): Promise<Scene> {
  const { standIns, stack } = stage
  const bucket = `beanline-${name}`
  const queues = await standIns.createQueues(name, stack)
  await standIns.createBucket(bucket)
  const database = await stage.createDatabase(name)
  const places = tiers.map(tier => ({ tier, ports: stage.nextPorts() }))
  const front = (places[0] as Place).ports
  const made = { name, ...queues, bucket, database, front }
  const environments = readEnvironments(stage, made)
  const config = readConfig(environments.properties('worker'))
  const services = openServices(config, pino({ level: 'silent' }))
  const instances = places.map((place, index) =>
    instanceAt(place, index, made, environments, stage)
  )
  return { name, stage, ...queues, bucket, instances, services, orders: 0 }
}

function instanceAt(
  { tier, ports }: Place,
  index: number,
  scene: { name: string },
  { properties, sqsd }: Environments,
  { folders }: Stage
): Instance {
  const name = `${scene.name}-${index + 1}-${tier}`
  const place = { folder: join(folders.work, name), logs: join(folders.logs, name), ports }
  return { name, tier, ...place, properties: properties(tier), sqsd, units: {}, cutAt: 0 }
}

export function webOf({ instances }: Scene): Instance {
  const web = instances.find(({ tier }) => tier === 'web')
  if (!web) throw new Error('There is no web tier in this scene.')
  return web
}

export function workersOf({ instances }: Scene): Instance[] {
  return instances.filter(({ tier }) => tier === 'worker')
}

/** Waits until it is so; throws at once when a program of the scene has ended by itself. */
export async function watch<Value>(
  { instances }: Scene,
  what: string,
  probe: () => Value | Promise<Value>,
  seconds: number
) {
  const look = () => {
    instances.forEach(checkUnits)
    return probe()
  }
  return await until(what, look, { seconds })
}

/** SQS gives what comes to the long poll of a sqsd that was cut, where it is lost for 720 s. */
export async function quiet({ instances }: Scene) {
  const over = Math.max(...instances.map(({ cutAt }) => cutAt)) + longPollMilliseconds
  const isOver = () => Date.now() > over
  await until('the last receive of a sqsd that was cut is over', isOver, { seconds: 30 })
}
