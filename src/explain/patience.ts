import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Config } from '../config.ts'

/** How long sqsd waits, in seconds: for an answer, and after an error before it brings the message again. */
export type Patience = { inactivitySeconds: number; errorSeconds: number }

const file = join(import.meta.dirname, '../../.ebextensions/30-worker-sqsd.config')

type Told = Pick<Config, 'SQSD_INACTIVITY_TIMEOUT' | 'SQSD_ERROR_VISIBILITY_TIMEOUT'>

/**
 * As the web tier is told by the variables of sqsd, else as this release sets it on Beanstalk; where that says nothing,
 * Beanstalk's own default for the first. A value set on the environment itself is not known here.
 */
export function readPatience(told: Told, text = released()): Patience {
  const settings = parse(text)?.option_settings?.['aws:elasticbeanstalk:sqsd'] ?? {}
  const { InactivityTimeout = 299, ErrorVisibilityTimeout = 2 } = settings
  return {
    inactivitySeconds: Number(told.SQSD_INACTIVITY_TIMEOUT || InactivityTimeout),
    errorSeconds: Number(told.SQSD_ERROR_VISIBILITY_TIMEOUT || ErrorVisibilityTimeout)
  }
}

/** Where there is no Beanstalk, the file may not have come along. */
const released = () => (existsSync(file) ? readFileSync(file, 'utf8') : '')
