import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** How long sqsd waits, in seconds: for an answer, and after an error before it brings the message again. */
export type Patience = { inactivitySeconds: number; errorSeconds: number }

const file = join(import.meta.dirname, '../../.ebextensions/30-worker-sqsd.config')

/** As this release sets it on Beanstalk; where it says nothing, Beanstalk's own default for the first. */
export function readPatience(text = released()): Patience {
  const settings = parse(text)?.option_settings?.['aws:elasticbeanstalk:sqsd'] ?? {}
  const { InactivityTimeout = 299, ErrorVisibilityTimeout = 2 } = settings
  return {
    inactivitySeconds: Number(InactivityTimeout),
    errorSeconds: Number(ErrorVisibilityTimeout)
  }
}

/** Where there is no Beanstalk, the file may not have come along. */
const released = () => (existsSync(file) ? readFileSync(file, 'utf8') : '')
