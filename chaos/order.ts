import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** What a person ordered; accepted when there was a 202, and from then on a promise. */
export type Order = {
  number: string
  email: string
  accepted?: { id: number; token: string }
}

/** The real one, or a light one in its place. */
export type OrderedKind = 'invoice' | 'note' | 'held-note'

type Plan = { kind: OrderedKind; jobs: number; seconds: number; milliseconds?: number }

const example = readFileSync(join(import.meta.dirname, '../examples/invoice.json'), 'utf8')
/** As long as a program tries that must get its order through; each time it waits longer before the next. */
const patienceSeconds = 120
const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 8000
/** As long as a load balancer waits. Less, and a slow machine would work for people who have left. */
const requestMilliseconds = 60_000

/** Orders that come in evenly over the time, each tried again with its key until it is accepted. */
export async function placeOrders(webUrl: string, plan: Plan, signal: AbortSignal) {
  const orders = Array.from({ length: plan.jobs }, (_, index) => orderOf(index + 1))
  const every = (plan.seconds * 1000) / plan.jobs
  await Promise.all(
    orders.map(async (order, index) => {
      await setTimeout(index * every, undefined, { signal })
      await place(webUrl, plan, order, signal)
    })
  )
  return orders
}

function orderOf(place: number): Order {
  const number = `CHAOS-${String(place).padStart(4, '0')}`
  return { number, email: `${number.toLowerCase()}@example.jp` }
}

async function place(webUrl: string, plan: Plan, order: Order, signal: AbortSignal) {
  const deadline = performance.now() + patienceSeconds * 1000
  let pause = firstPauseMilliseconds
  while (!order.accepted && performance.now() < deadline) {
    const accepted = await post(webUrl, plan, order).catch(() => undefined)
    if (accepted) order.accepted = accepted
    else await setTimeout(pause, undefined, { signal })
    pause = Math.min(2 * pause, longestPauseMilliseconds)
  }
}

async function post(webUrl: string, { kind, milliseconds = 100 }: Plan, { number, email }: Order) {
  const own = kind === 'invoice' ? JSON.parse(example) : { milliseconds }
  const response = await fetch(`${webUrl}/api/jobs/${kind}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer local',
      'content-type': 'application/json',
      'idempotency-key': number
    },
    body: JSON.stringify({ ...own, number, email, language: 'ja' }),
    signal: AbortSignal.timeout(requestMilliseconds)
  })
  const body = (await response.json()) as { id: number; token: string }
  return response.status === 202 ? { id: body.id, token: body.token } : undefined
}
