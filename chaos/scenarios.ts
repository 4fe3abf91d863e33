import type { Scenario } from './scenario.ts'
import { clock } from './scenarios/clock.ts'
import { databaseKill } from './scenarios/database-kill.ts'
import { deploy } from './scenarios/deploy.ts'
import { disk } from './scenarios/disk.ts'
import { halfOpen } from './scenarios/half-open.ts'
import { hold } from './scenarios/hold.ts'
import { kill } from './scenarios/kill.ts'
import { pause } from './scenarios/pause.ts'
import { pool } from './scenarios/pool.ts'
import { purge } from './scenarios/purge.ts'
import { s3 } from './scenarios/s3.ts'
import { sesRefuses } from './scenarios/ses-refuses.ts'
import { sesUnheard } from './scenarios/ses-unheard.ts'
import { sqs } from './scenarios/sqs.ts'

/** In the order in which they are played. */
export const scenarios: Scenario[] = [
  kill,
  pause,
  deploy,
  clock,
  databaseKill,
  halfOpen,
  pool,
  sqs,
  purge,
  sesUnheard,
  hold,
  sesRefuses,
  s3,
  disk
]
