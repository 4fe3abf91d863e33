import { setTimeout } from 'node:timers/promises'
import { say } from './progress.ts'
import { openStage, until } from './stage.ts'

const count = 10_000
const faults = 'duplicate=0.05,late=0.02,reorder=0.1,lose-delete=0.05,slow=0.02,refuse=0.02,cut=1'
const times = ['--visibility-timeout', '20', '--error-visibility-timeout', '1']

/** Late copies come up to four seconds after their message. */
const copiesMilliseconds = 5000

say('about a minute on a quiet machine')
const stage = await openStage()
try {
  const { told } = stage.sqsd(['--faults', faults, '--seed', '1', ...times])
  const startedAt = performance.now()
  await stage.send(Array.from({ length: count }, (_, job) => order(job)))
  await until(async () => (await stage.depth()).all === 0, 300, 'an empty queue')
  const seconds = (performance.now() - startedAt) / 1000
  await setTimeout(copiesMilliseconds)
  const posted = new Set(told.map(({ job }) => job))
  process.stdout.write(`Faults: ${faults}
  messages sent          ${count}
  posted at least once   ${posted.size}
  POSTs in all           ${told.length}
  lost                   ${count - posted.size}
  seconds                ${seconds.toFixed(1)}
`)
  if (posted.size < count) process.exitCode = 1
} finally {
  stage.close()
}

/** One of a hundred takes longer than the emulated nginx waits. */
function order(job: number) {
  const sentAt = Date.now()
  return job % 100 === 0 ? { job, sentAt, waitMilliseconds: 1500 } : { job, sentAt }
}
