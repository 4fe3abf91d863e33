import { setTimeout } from 'node:timers/promises'
import { cpuSeconds, residentMegabytes } from './cpu.ts'
import { median } from './median.ts'
import { type Consumer, openStage, type Stage, until } from './stage.ts'

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

await throughput()
await besideASlowOne()
await idle()
await memory()

async function throughput() {
  const perSecond: Record<string, number[]> = {}
  for (let round = 1; round <= rounds; round += 1)
    for (const [name, begin] of Object.entries(contenders)) {
      say(`throughput, round ${round} of ${rounds}: ${name}`)
      perSecond[name] = [...(perSecond[name] ?? []), await drain(begin)]
    }
  const baseline = median(perSecond['sqs-consumer 15'] ?? [])
  print(`No-op messages a second, ${messages} on the queue, median of ${rounds}`)
  for (const [name, figures] of Object.entries(perSecond))
    print(
      `  ${name.padEnd(28)} ${median(figures).toFixed(0).padStart(6)}   ${(median(figures) / baseline).toFixed(2)} × sqs-consumer   (${spread(figures)})`
    )
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
  const slowest: Record<string, number[]> = {}
  for (let round = 1; round <= rounds; round += 1)
    for (const name of [ours, 'sqs-consumer 15']) {
      say(`nine beside a slow one, round ${round} of ${rounds}: ${name}`)
      slowest[name] = [...(slowest[name] ?? []), await nineBesideOne(name)]
    }
  print(
    `Nine messages sent right after one of 5 s: the last of the nine begins after, median of ${rounds}`
  )
  for (const [name, figures] of Object.entries(slowest))
    print(
      `  ${name.padEnd(28)} ${median(figures).toFixed(0).padStart(6)} ms   (${spread(figures)})`
    )
}

/**
 * Ten messages at once, the first of them slow, then ten quick ones: the milliseconds from the sending
 * of the latter until the last of them is worked on.
 */
async function nineBesideOne(name: string) {
  const stage = await openStage()
  try {
    const { told } = await (contenders[name] as (typeof contenders)[string])(stage)
    await settle(stage)
    const slow = { waitMilliseconds: 5000, sentAt: Date.now() }
    await stage.send([slow])
    await until(() => told.length === 1, 30, 'the slow message')
    const sentAt = Date.now()
    await stage.send(Array.from({ length: 9 }, () => ({ sentAt })))
    await until(() => told.length === 10, 30, 'the nine')
    return Math.max(...told.slice(1).map(({ milliseconds }) => milliseconds))
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
      `From before the send to the POST: p50 ${waits[49]} ms, p99 ${waits[98]} ms, of 100 on an idle queue`
    )
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
      say(`memory, ${sent} of 100,000 messages`)
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

function print(line: string) {
  process.stdout.write(`${line}\n`)
}

function say(step: string) {
  process.stderr.write(`… ${step}\n`)
}
