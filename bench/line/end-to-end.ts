import { setTimeout } from 'node:timers/promises'
import { residentMegabytes } from '../cpu.ts'
import { median } from '../median.ts'
import { judge, print, say } from '../progress.ts'
import { openStage, until } from '../stage.ts'
import { type Contender, openBeanline, openRival } from './contender.ts'
import { hasPostgres } from './postgres.ts'
import { quantile } from './quantile.ts'
import { hasRedis } from './redis.ts'

const rounds = 3
const jobs = 10_000
/** For how long jobs come one by one, and how many a second. */
const steady = { seconds: 10, perSecond: 100 }

const ours = 'Beanline, MariaDB and SQS'
const boss = 'pg-boss, PostgreSQL, by twenties'

const contenders: Record<string, { open(): Promise<Contender>; isThere: boolean; wants: string }> =
  {
    [ours]: { open: openBeanline, isThere: true, wants: '' },
    [boss]: { open: () => openRival('pg-boss'), isThere: hasPostgres, wants: 'postgresql' },
    'graphile-worker, PostgreSQL': {
      open: () => openRival('graphile-worker'),
      isThere: hasPostgres,
      wants: 'postgresql'
    },
    'BullMQ, Redis': { open: () => openRival('bullmq'), isThere: hasRedis, wants: 'redis-server' }
  }

type Run = { perSecond: number; statements: number; megabytes: number; waits: number[] }

/** Jobs without work from the queue to finished, by one worker of each. */
export async function endToEnd() {
  const runs: Record<string, Run[]> = {}
  const ceilings: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    say('end to end', `round ${round} of ${rounds}: the ceiling of the stand-in`)
    ceilings.push(await ceiling())
    for (const [name, { open, isThere }] of Object.entries(contenders)) {
      if (!isThere) continue
      say('end to end', `round ${round} of ${rounds}: ${name}`)
      runs[name] = [...(runs[name] ?? []), await measure(open)]
    }
  }
  report(runs, median(ceilings))
}

async function measure(open: () => Promise<Contender>): Promise<Run> {
  const contender = await open()
  try {
    const before = await contender.statements()
    await contender.enqueue(jobs)
    const pids = await contender.work()
    const startedAt = performance.now()
    await until(async () => (await contender.unfinished()) === 0, 120, 'all jobs finished')
    const perSecond = jobs / ((performance.now() - startedAt) / 1000)
    const statements = ((await contender.statements()) - before) / jobs
    const megabytes = pids.map(residentMegabytes).reduce((sum, each) => sum + each, 0)
    // A worker tells of its jobs a little later than they are finished.
    await until(async () => (await contender.waits()).length >= jobs, 10, 'all jobs told of')
    return { perSecond, statements, megabytes, waits: await pickUp(contender) }
  } finally {
    await contender.close()
  }
}

/** How long each job waits that comes to a worker with little to do. */
async function pickUp(contender: Contender) {
  const done = (await contender.waits()).length
  const count = steady.seconds * steady.perSecond
  const startedAt = performance.now()
  const sendings: Promise<void>[] = []
  for (let sent = 0; sent < count; sent += 1) {
    const ahead = startedAt + (sent * 1000) / steady.perSecond - performance.now()
    if (ahead > 0) await setTimeout(ahead)
    sendings.push(contender.enqueue(1))
  }
  await Promise.all(sendings)
  await until(async () => (await contender.waits()).length >= done + count, 60, 'all jobs begun')
  return (await contender.waits()).slice(done)
}

/** Messages a second that are received and deleted, and nothing else. */
async function ceiling() {
  const stage = await openStage()
  try {
    await stage.send(Array.from({ length: jobs }, (_, job) => ({ job })))
    await stage.consumer('ceiling')
    const startedAt = performance.now()
    await until(async () => (await stage.depth()).all === 0, 60, 'an empty queue')
    return jobs / ((performance.now() - startedAt) / 1000)
  } finally {
    stage.close()
  }
}

function report(runs: Record<string, Run[]>, most: number) {
  print(`\n${jobs} jobs without work, all on the queue before one worker begins; then ${steady.perSecond}
a second for ${steady.seconds} s, and how long each waits; median of ${rounds} rounds
  receive and delete, no work    ${most.toFixed(0).padStart(6)} a second`)
  for (const [name, { isThere, wants }] of Object.entries(contenders)) {
    if (!isThere) print(`  ${name.padEnd(30)} not measured: apt-get install ${wants}`)
    else print(`  ${name.padEnd(30)} ${lineOf(runs[name] as Run[])}`)
  }
  const pace = (name: string) => median((runs[name] ?? []).map(({ perSecond }) => perSecond))
  const slow = median((runs[ours] ?? []).map(({ waits }) => quantile(waits, 0.99)))
  if (runs[boss])
    judge(
      `faster than pg-boss (${(pace(ours) / pace(boss)).toFixed(2)} ×)`,
      pace(ours) > pace(boss)
    )
  judge(`begun within 50 ms, p99 (${slow.toFixed(0)} ms)`, slow <= 50)
}

function lineOf(runs: Run[]) {
  const middle = (pick: (run: Run) => number) => median(runs.map(pick))
  const wait = (share: number) => middle(({ waits }) => quantile(waits, share)).toFixed(0)
  return [
    `${middle(run => run.perSecond)
      .toFixed(0)
      .padStart(6)} a second`,
    `waits p50 ${wait(0.5)} p95 ${wait(0.95)} p99 ${wait(0.99)} ms`,
    `${middle(run => run.statements).toFixed(1)} statements a job`,
    `${middle(run => run.megabytes).toFixed(0)} MB`
  ].join('   ')
}
