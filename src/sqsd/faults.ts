import { setTimeout } from 'node:timers/promises'
import type { Message, SQSClient } from '@aws-sdk/client-sqs'
import type { Worker } from './worker.ts'

const chances = ['duplicate', 'late', 'reorder', 'lose-delete', 'slow', 'refuse'] as const

type Chance = (typeof chances)[number]
/** How likely each fault is, from 0 to 1, and after how many seconds of silence a POST is cut. */
export type Faults = Record<Chance, number> & { cut?: number }

export const faultsSyntax = `${chances.join(', ')} with a chance from 0 to 1, cut with seconds, as duplicate=0.1,cut=60`

/** Reads `duplicate=0.1,cut=60`; undefined when it is something else. */
export function readFaults(text: string): Faults | undefined {
  const faults: Record<string, number> = Object.fromEntries(chances.map(name => [name, 0]))
  for (const part of text.split(',')) {
    const [, name = '', number] = /^([a-z-]+)=(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? []
    const isChance = Object.hasOwn(faults, name) && Number(number) <= 1
    if (!isChance && !(name === 'cut' && Number(number) > 0)) return undefined
    faults[name] = Number(number)
  }
  return faults as Faults
}

/** What is on, as `readFaults` takes it. */
export function writeFaults(faults: Faults): string {
  const isOn = Object.entries(faults).filter(([, number]) => number > 0)
  return isOn.map(([name, number]) => `${name}=${number}`).join(',')
}

type Held = { message: Message; dueAt: number }
type Receive = { MaxNumberOfMessages: number; WaitTimeSeconds: number }
type Delete = { Entries: { Id: string }[] }

const longestHoldMilliseconds = 3000
const longestDelayMilliseconds = 2000

/**
 * Makes SQS behave at its worst, within what it promises: at least once, in any order. The daemon sees
 * it through its own client, so nothing of the daemon knows that faults are on.
 */
export function addFaults(sqs: SQSClient, faults: Faults, seed: number) {
  const draws = Object.fromEntries(
    chances.map((name, index) => [name, generator(seed * chances.length + index)])
  ) as Record<Chance, () => number>
  const happens = (name: Chance) => faults[name] > 0 && draws[name]() < faults[name]
  let held: Held[] = []

  function hold(message: Message, milliseconds: number) {
    held.push({ message, dueAt: Date.now() + milliseconds })
  }

  function takeDue(most: number): Message[] {
    const due = held.filter(({ dueAt }) => dueAt <= Date.now()).slice(0, most)
    held = held.filter(one => !due.includes(one))
    return due.map(({ message }) => message)
  }

  /** Of fresh messages: some are held back, some have a copy that comes now or later. */
  function stir(fresh: Message[]): Message[] {
    return fresh.flatMap(message => {
      if (happens('late')) hold(message, 1000 + draws.late() * longestHoldMilliseconds)
      if (happens('duplicate')) hold(message, 0)
      if (!happens('reorder')) return message
      hold(message, draws.reorder() * longestHoldMilliseconds)
      return []
    })
  }

  async function receive(input: Receive, ask: (input: Receive) => Promise<Message[]>) {
    const due = takeDue(input.MaxNumberOfMessages)
    const MaxNumberOfMessages = input.MaxNumberOfMessages - due.length
    if (MaxNumberOfMessages === 0) return due
    const most = due.length > 0 ? 0 : held.length > 0 ? 1 : input.WaitTimeSeconds
    const WaitTimeSeconds = Math.min(input.WaitTimeSeconds, most)
    return [...due, ...stir(await ask({ ...input, MaxNumberOfMessages, WaitTimeSeconds }))]
  }

  sqs.middlewareStack.add(
    (next, { commandName }) =>
      async args => {
        if (happens('refuse')) throw new Error('ThrottlingException: refused on purpose')
        if (happens('slow')) await setTimeout(draws.slow() * longestDelayMilliseconds)
        if (commandName === 'ReceiveMessageCommand') {
          const ask = async (input: object) => {
            const { output } = await next({ ...args, input } as typeof args)
            return (output as { Messages?: Message[] }).Messages ?? []
          }
          const Messages = await receive(args.input as Receive, ask)
          return { response: {}, output: { $metadata: {}, Messages } }
        }
        if (commandName === 'DeleteMessageBatchCommand') {
          const { Entries } = args.input as Delete
          const sent = Entries.filter(() => !happens('lose-delete'))
          if (sent.length === 0) return { response: {}, output: { $metadata: {} } }
          return await next({ ...args, input: { ...args.input, Entries: sent } } as typeof args)
        }
        return await next(args)
      },
    { step: 'initialize', name: 'faults' }
  )
}

/** Answers 504 after so many seconds of silence and closes the connection, as nginx does; the handler runs on. */
export function cutAfter(worker: Worker, seconds: number): Worker {
  return {
    ...worker,
    async post(request) {
      const cut = new AbortController()
      const timer = globalThis.setTimeout(() => cut.abort(), seconds * 1000)
      const heard = () => timer.refresh()
      const answer = await worker.post(request, { signal: cut.signal, heard })
      clearTimeout(timer)
      return cut.signal.aborted ? { status: 504 } : answer
    }
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function generator(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
