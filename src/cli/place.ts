import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Config,
  type LookConfig,
  readConfig,
  readLocalConfig,
  readLookConfig
} from '../config.ts'
import { localAws, tierEnvironment } from '../local-environment.ts'

export type Place = { local?: boolean | undefined }

const hint =
  'These are the variables of a tier (.env.example). For the line of "npm start" on this machine, add --local.'

/** Where the jobs are: enough to look at them. */
export function readLookPlace({ local }: Place): LookConfig {
  return checked(local ? readLookConfig(localEnvironment()) : hinted(readLookConfig))
}

/** All that a tier knows of its line: enough to act. */
export function readPlace({ local }: Place): Config {
  return checked(local ? readConfig(localEnvironment()) : hinted(readConfig))
}

function localEnvironment() {
  const config = readLocalConfig()
  const { DATA_DIR, AWS_PORT, MAILBOX_PORT } = config
  if (!existsSync(join(DATA_DIR, 'beanline.sqlite')))
    throw new Error(
      `There is no line in ${DATA_DIR}: run "npm start" once, or set DATA_DIR to the folder of its data.`
    )
  return tierEnvironment(config, localAws(AWS_PORT), `http://127.0.0.1:${MAILBOX_PORT}`)
}

function hinted<Read>(read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${hint}`, { cause: error })
  }
}

/** To open a database of SQLite that is not there would make an empty one. */
function checked<Known extends LookConfig>(config: Known): Known {
  const [scheme, file = ''] = config.DATABASE_URL.split(/:(.*)/s)
  if (scheme === 'sqlite' && file !== ':memory:' && !existsSync(file))
    throw new Error(`There is no database ${file}: see DATABASE_URL, or run "beanline migrate".`)
  return config
}
