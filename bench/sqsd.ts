import { setTimeout } from 'node:timers/promises'
import { cpuSeconds, residentMegabytes } from './cpu.ts'
import { median } from './median.ts'
import { judge, print, say } from './progress.ts'
import { type Consumer, openStage, type Stage, type Told, until } from './stage.ts'

const rounds = 5
const messages = 5000
const ours = 'sqsd and app'

/** Who takes the messages; all but the first work in their own process. */
const contenders: Record<string, (stage: Stage) => Consumer | Promise<Consumer>> = {
  [ours]: stage => stage.sqsd(),
  'sqs-consumer 15': stage => stage.consumer('sqs-consumer'),
  'squiss-ts': stage => stage.consumer('squiss'),
  'receive and delete, no work': stage => stage.consumer('ceiling')
}

say('about five minutes on a quiet machine')
await throughput()
await besideASlowOne()
await idle()
await memory()

async function throughput() {
  const perSecond: Record<string, number[]> = {}
  for (let round = 1; round <= rounds; round += 1)
    for (const [name, begin] of Object.entries(contenders)) {
      say('throughput', `round ${round} of ${rounds}: ${name}`)
      perSecond[name] = [...(perSecond[name] ?? []), await drain(begin)]
    }
  const baseline = median(perSecond['sqs-consumer 15'] ?? [])
  print(`No-op messages a second, ${messages} on the queue, median of ${rounds}`)
  for (const [name, figures] of Object.entries(perSecond))
    print(
      `  ${name.padEnd(28)} ${median(figures).toFixed(0).padStart(6)}   ${(median(figures) / baseline).toFixed(2)} × sqs-consumer   (${spread(figures)})`
    )
  const ratio = median(perSecond[ours] ?? []) / baseline
  judge('1 × sqs-consumer', ratio >= 1)
  judge('2 × sqs-consumer', ratio >= 2)
}

/** Messages a second, from the first that is taken to the last that is deleted. */
async function drain(begin: (typeof contenders)[string]) {
  const stage = await openStage()
  try {
    await stage.send(Array.from({ length: messages }, (_, job) => ({ job })))
    await begin(stage)
    await until(async () => (await stage.depth()).visible < messages, 60, 'the first message')
    const startedAt = performance.now()
    await until(async () => (await stage.depth()).all === 0, 120, 'an empty queue')
    return messages / ((performance.now() - startedAt) / 1000)
  } finally {
    stage.close()
  }
}

async function besideASlowOne() {
  for (const [how, measure] of [
    ['in one batch with one of 5 s', inOneBatch],
    ['right after one of 5 s has begun', afterASlowOne]
  ] as const) {
    const slowest: Record<string, number[]> = {}
    for (let round = 1; round <= rounds; round += 1)
      for (const name of [ours, 'sqs-consumer 15']) {
        say(`nine ${how}`, `round ${round} of ${rounds}: ${name}`)
        slowest[name] = [...(slowest[name] ?? []), await measure(name)]
      }
    print(`Nine messages ${how}: the last of the nine is finished after, median of ${rounds}`)
    for (const [name, figures] of Object.entries(slowest))
      print(
        `  ${name.padEnd(28)} ${median(figures).toFixed(0).padStart(6)} ms   (${spread(figures)})`
      )
    judge('100 ms', median(slowest[ours] ?? []) < 100)
  }
}

function slow() {
  return { waitMilliseconds: 5000, sentAt: Date.now() }
}

function quick() {
  return Array.from({ length: 9 }, () => ({ sentAt: Date.now() }))
}

/** Ten messages sent at once, the first of them slow: milliseconds until the last of the others is finished. */
function inOneBatch(name: string) {
  return lastOfNine(name, stage => stage.send([slow(), ...quick()]))
}

/** A slow message, and once it is worked on nine quick ones. */
function afterASlowOne(name: string) {
  return lastOfNine(name, async (stage, told) => {
    await stage.send([slow()])
    await until(() => told.length === 1, 30, 'the slow message')
    await stage.send(quick())
  })
}

/** The slow message is told of when it begins, the others when they are finished. */
async function lastOfNine(name: string, send: (stage: Stage, told: Told[]) => Promise<void>) {
  const stage = await openStage()
  try {
    const { told } = await (contenders[name] as (typeof contenders)[string])(stage)
    await settle(stage)
    await send(stage, told)
    await until(() => told.length === 10, 30, 'the nine')
    const nine = told.filter(({ waitMilliseconds }) => waitMilliseconds === 0)
    return Math.max(...nine.map(({ milliseconds }) => milliseconds))
  } finally {
    stage.close()
  }
}

/** A first message, so that processes are up and connections open. */
async function settle(stage: Stage) {
  await stage.send([{ job: 0 }])
  await until(async () => (await stage.depth()).all === 0, 60, 'the first message')
  await setTimeout(500)
}

async function idle() {
  const stage = await openStage()
  try {
    const { child, told } = stage.sqsd()
    await settle(stage)
    say('idle for 20 s')
    const before = cpuSeconds(child.pid)
    await setTimeout(20_000)
    const percent = ((cpuSeconds(child.pid) - before) / 20) * 100
    for (let n = 0; n < 100; n += 1) {
      await stage.send([{ sentAt: Date.now() }])
      await until(() => told.length > n, 30, 'a message')
      await setTimeout(20)
    }
    const waits = told.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
    print(`Idle: ${percent.toFixed(2)} % of a core`)
    print(
      `From before the send to the answer: p50 ${waits[49]} ms, p99 ${waits[98]} ms, of 100 on an idle queue`
    )
    judge('1 % of a core', percent < 1)
    judge('p50 of 10 ms', (waits[49] ?? Number.NaN) <= 10)
  } finally {
    stage.close()
  }
}

async function memory() {
  const stage = await openStage()
  try {
    const { child } = stage.sqsd()
    await settle(stage)
    const sizes: number[] = []
    for (let sent = 0; sent <= 100_000; sent += 10_000) {
      say('memory', `${sent} of 100,000 messages`)
      sizes.push(residentMegabytes(child.pid))
      if (sent === 100_000) break
      await stage.send(Array.from({ length: 10_000 }, (_, job) => ({ job })))
      await until(async () => (await stage.depth()).all === 0, 300, 'an empty queue')
    }
    print('Resident memory of sqsd after each 10,000 of 100,000 messages, in MB')
    print(`  ${sizes.map(size => size.toFixed(0)).join(' ')}`)
  } finally {
    stage.close()
  }
}

function spread(figures: number[]) {
  return `${Math.min(...figures).toFixed(0)} to ${Math.max(...figures).toFixed(0)}`
}
