import type { Knex } from 'knex'
import * as jobs from './001-jobs.ts'
import * as ticks from './002-ticks.ts'
import * as deaths from './003-deaths.ts'
import * as moreFiles from './004-more-files.ts'
import * as receipts from './005-receipts.ts'
import * as listing from './006-listing.ts'
import * as overlap from './007-overlap.ts'
import * as deadline from './008-deadline.ts'
import * as actions from './009-actions.ts'
import * as overview from './010-overview.ts'
import * as timeline from './011-timeline.ts'
import * as search from './012-search.ts'
import * as apiKeys from './013-api-keys.ts'
import * as revoked from './014-revoked.ts'
import * as deadLetters from './015-dead-letters.ts'
import * as webhooks from './016-webhooks.ts'
import * as mailEvents from './017-mail-events.ts'

/** Every migration, in the order in which they are applied. A new one is a file beside this one and a line here. */
export const migrations: Record<string, Knex.Migration> = {
  '001-jobs': jobs,
  '002-ticks': ticks,
  '003-deaths': deaths,
  '004-more-files': moreFiles,
  '005-receipts': receipts,
  '006-listing': listing,
  '007-overlap': overlap,
  '008-deadline': deadline,
  '009-actions': actions,
  '010-overview': overview,
  '011-timeline': timeline,
  '012-search': search,
  '013-api-keys': apiKeys,
  '014-revoked': revoked,
  '015-dead-letters': deadLetters,
  '016-webhooks': webhooks,
  '017-mail-events': mailEvents
}
