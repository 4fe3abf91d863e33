import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { cpuSeconds, residentMegabytes } from './cpu.ts'
import { median } from './median.ts'
import { openStack, type Stack } from './stack.ts'

/** What one instance of the worker tier does, and what its jobs cost the database and AWS. */
const rounds = 5
const sizes = { invoice: 300, noop: 1000 }
const connections = [1, 2, 5, 10]
type KindName = keyof typeof sizes
type Instance = Awaited<ReturnType<Stack['instance']>>

const line = await openStack()
try {
  print(`${cpus().length} × ${cpus()[0]?.model}, stand-ins and MariaDB on the same cores`)
  await statements()
  await requests()
  await throughput('noop', 5)
  for (const count of connections) await throughput('invoice', count)
} finally {
  await line.close()
}

async function throughput(kind: KindName, httpConnections: number) {
  const instance = await line.instance(false, ['--http-connections', String(httpConnections)])
  await line.order(kind, 40)
  await line.finished()
  const runs: Run[] = []
  for (let round = 1; round <= rounds; round += 1) {
    say(`${kind}, HttpConnections ${httpConnections}, round ${round} of ${rounds}`)
    runs.push(await drain(kind, instance))
  }
  await instance.stop()
  const middle = (pick: (run: Run) => number) => median(runs.map(pick))
  const rates = runs.map(({ perSecond }) => perSecond)
  print(`${sizes[kind]} × ${kind}, HttpConnections ${httpConnections}, median of ${rounds}
  jobs a second        ${middle(run => run.perSecond).toFixed(1)}   (${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)})
  an attempt takes     ${middle(run => run.attemptMilliseconds).toFixed(0)} ms
  CPU of the worker    ${middle(run => run.workerCpu).toFixed(1)} ms a job
  CPU of sqsd          ${middle(run => run.sqsdCpu).toFixed(1)} ms a job
  memory of the worker ${middle(run => run.megabytes).toFixed(0)} MB`)
}

type Run = Awaited<ReturnType<typeof drain>>

/** All jobs are on the queue before the first is taken. */
async function drain(kind: KindName, { worker, sqsd }: Instance) {
  const count = sizes[kind]
  const lastId = await newestJob(line)
  sqsd.kill('SIGSTOP')
  await line.order(kind, count)
  const before = { worker: cpuSeconds(worker.pid), sqsd: cpuSeconds(sqsd.pid) }
  sqsd.kill('SIGCONT')
  await line.finished()
  const perJob = (after: number, start: number) => ((after - start) * 1000) / count
  return {
    ...(await timesSince(line, lastId)),
    megabytes: residentMegabytes(worker.pid),
    workerCpu: perJob(cpuSeconds(worker.pid), before.worker),
    sqsdCpu: perJob(cpuSeconds(sqsd.pid), before.sqsd)
  }
}

async function newestJob({ services }: Stack) {
  return (await services.database('jobs').max('id as id').first())?.['id'] ?? 0
}

async function timesSince({ services }: Stack, id: number) {
  const rows = await services.database('jobs').where('id', '>', id).select()
  const first = Math.min(...rows.map(({ started_at }) => started_at))
  const last = Math.max(...rows.map(({ finished_at }) => finished_at))
  const attempts = rows.map(({ started_at, finished_at }) => finished_at - started_at)
  return {
    perSecond: (rows.length * 1000) / (last - first),
    attemptMilliseconds: median(attempts)
  }
}

/** By MariaDB's own counters: first the web tier's share, then the worker's. */
async function statements() {
  const count = 200
  const start = await line.statements()
  await line.order('invoice', count)
  const ordered = await line.statements()
  const instance = await line.instance()
  await until(line)
  const done = await line.statements()
  await instance.stop()
  const largest = await line.services.database('jobs').max('file_bytes as file_bytes').first()
  print(`Statements a job, of ${count} invoices, each a PDF of ${largest?.['file_bytes']} bytes
  web tier             ${perJob(ordered, start, count)}
  worker tier          ${perJob(done, ordered, count)}`)
}

/** Asks the stand-in, so that the looking costs the database nothing. */
async function until({ services }: Stack) {
  for (;;) {
    const { visible, inFlight } = await services.queue.counts()
    if (visible + inFlight === 0) return
    await setTimeout(200)
  }
}

type Counters = Record<string, number>

function perJob(after: Counters, before: Counters, count: number) {
  const each = Object.entries(after)
    .map(([name, value]) => [name, (value - (before[name] ?? 0)) / count] as const)
    .filter(([, value]) => value > 0)
  const sum = each.reduce((total, [, value]) => total + value, 0)
  return `${sum.toFixed(2)}   (${each.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', ')})`
}

async function requests() {
  const count = 500
  take()
  await line.order('invoice', count)
  const ordering = take()
  const instance = await line.instance(true)
  await line.finished()
  await setTimeout(1000)
  const performing = take()
  say('idle for 120 s')
  await setTimeout(120_000)
  const idle = take()
  await instance.stop()
  print(`Requests to AWS
  web tier, a job      ${list(ordering, count)}
  worker tier, a job   ${list(performing, count)}
  idle, a minute       ${list(idle, 2)}`)
}

function take() {
  return { ...line.aws.take(), ...line.ses.take() }
}

function list(counts: Counters, count: number) {
  return Object.entries(counts)
    .map(([name, value]) => `${name} ${(value / count).toFixed(3)}`)
    .join(', ')
}

function print(text: string) {
  process.stdout.write(`${text}\n`)
}

function say(step: string) {
  process.stderr.write(`… ${step}\n`)
}
