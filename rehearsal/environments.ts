import { join } from 'node:path'
import { nodePath } from './bundle.ts'
import { deployedSettings, propertiesOf, sqsdFlags, type Tier } from './deployed.ts'
import type { Instance } from './instance.ts'
import { type Ports, urlOf } from './nginx.ts'
import type { Environment } from './program.ts'
import { outputsOf, secretsOf } from './stack.ts'
import type { Stage } from './stage.ts'

export type Environments = ReturnType<typeof readEnvironments>

/** What the stack of a scene has made. */
export type Made = {
  name: string
  queueUrl: string
  deadUrl: string
  mailEventsUrl: string
  bucket: string
  database: { host: string; username: string; password: string }
  /** Of the instance that people reach. */
  front: Ports
}

/** The two environments of a scene as they are deployed: their properties, and how sqsd is called. */
export function readEnvironments(stage: Stage, made: Made) {
  const { name, database, front } = made
  const { root, image, stack, standIns } = stage
  const places = { databaseHost: database.host, publicUrl: urlOf(front) }
  const outputs = outputsOf(stack, { ...made, ...places })
  const settings = (tier: Tier) => deployedSettings(root, image, tier, outputs)
  return {
    properties(tier: Tier): Environment {
      const given = propertiesOf(settings(tier), secretsOf(database))
      const url = new URL(given['DATABASE_URL'] ?? '')
      // The scenes share a server, so each has a database of another name.
      url.pathname = `/${name}`
      return { ...given, DATABASE_URL: url.href, ...standIns.environment }
    },
    sqsd: {
      program: join(root, 'src/sqsd/main.ts'),
      flags: [...sqsdFlags(settings('worker')), '--registry-url', registryUrl(made)],
      env: sqsdEnvironment(stage)
    } satisfies Instance['sqsd']
  }
}

/** Beanstalk's is a table of DynamoDB; here it is one in the scene's own database. */
function registryUrl({ name, database: { host, username, password } }: Made) {
  return `mysql://${username}:${password}@${host}/${name}`
}

/** The SDK of sqsd wants credentials; those of an instance come with its role. */
function sqsdEnvironment({ standIns }: Stage): Environment {
  return {
    PATH: nodePath(),
    AWS_REGION: standIns.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...standIns.environment
  }
}
