import type { Random } from '../capacity/random.ts'
import type { Allowed } from './judge.ts'
import type { OrderedKind } from './order.ts'
import type { Settings, Stage } from './stage.ts'

/** What goes wrong, and what may come of it. */
export type Scenario = {
  name: string
  title: string
  /** The real invoice, or where the document doesn't matter a light note that takes `milliseconds`. */
  kind: OrderedKind
  jobs: number
  milliseconds?: number
  /** How long orders come in. */
  seconds: number
  settings?: Settings
  /** Reasons for which a job may fail; none where it is left out. */
  allows?: Allowed
  /** How long the line may show no end of a job before it is taken for stuck, where that is longer than usual. */
  stillSeconds?: number
  /** Why it can't be played here, if it can't. */
  obstacle?(): string | undefined
  /** Makes things go wrong for about as long as orders come in; ends when nothing does any more. */
  play(stage: Stage, random: Random, seconds: number): Promise<unknown>
  /** What the operator does once every job is over; ends when they are again. */
  operate?(stage: Stage): Promise<unknown>
}

/** What dead workers may do to a job: its third death fails it, and so do five receives for nothing. */
export const deaths: Allowed = {
  'three dead workers': /^The worker died in the middle of the work.* 3 times/,
  'dead letter': /^Its message was delivered/
}
