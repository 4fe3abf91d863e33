import type { Log } from './log.ts'
import { leaseMilliseconds, type Registry } from './registry.ts'

const beatMilliseconds = 5000
/** A lease counts as lost so long before its end, for the clocks of two machines are never the same. */
const marginMilliseconds = 1000

type Duty = { stop(): Promise<void> }

/**
 * Has `begin` called while this daemon leads, and its result stopped when it no longer does. What it
 * begins may ask `isLeading` before each act: a machine that slept has lost its lease unawares.
 */
export function startLeading(
  registry: Registry,
  begin: (isLeading: () => boolean) => Duty,
  log: Log
) {
  let until = 0
  let duty: Duty | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const isLeading = () => Date.now() < until

  async function beat() {
    const askedAt = Date.now()
    try {
      const isLeader = await registry.lead()
      until = isLeader ? askedAt + leaseMilliseconds - marginMilliseconds : 0
    } catch (error) {
      log('leader-election', `failed to refresh leadership: ${(error as Error).message}`)
    }
    await change()
    if (!isStopped) timer = setTimeout(run, beatMilliseconds)
  }

  async function change() {
    if (isLeading() && !duty && !isStopped) {
      log('leader-election', 'current role: leader')
      duty = begin(isLeading)
    } else if (!isLeading() && duty) {
      log('leader-election', 'current role: worker')
      const ending = duty
      duty = undefined
      await ending.stop()
    }
  }

  let beating = Promise.resolve()
  function run() {
    beating = beat()
  }

  run()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await beating
      await duty?.stop()
      await registry.resign().catch(error => log('leader-election', `not resigned: ${error}`))
    }
  }
}
