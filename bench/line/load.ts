import { Pool } from 'undici'

/** How many requests were answered in a second, and after how long each. */
export type Load = { perSecond: number; milliseconds: number[] }

/** `ended` is an address that answers when nothing goes on any more after the answers: that time counts too. */
export type Wishes = { connections: number; seconds: number; key: string; ended: string }

const order = JSON.stringify({ email: 'bench@example.jp', language: 'ja' })

/** Sends an order on each connection as soon as the one before is answered. Throws for an answer that is no success. */
export async function loadWith(
  address: string,
  { connections, seconds, key, ended }: Wishes
): Promise<Load> {
  const { origin, pathname: path } = new URL(address)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const milliseconds: number[] = []

  async function sendOne() {
    const sentAt = performance.now()
    const { statusCode, body } = await pool.request({ path, method: 'POST', headers, body: order })
    const text = await body.text()
    if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}: ${text}`)
    milliseconds.push(performance.now() - sentAt)
  }

  async function sendUntil(end: number) {
    while (performance.now() < end) await sendOne()
  }

  const many = (end: number) => Array.from({ length: connections }, () => sendUntil(end))
  try {
    await Promise.all(many(performance.now() + 500))
    milliseconds.length = 0
    const startedAt = performance.now()
    await Promise.all(many(startedAt + seconds * 1000))
    await fetch(ended)
    const taken = (performance.now() - startedAt) / 1000
    return { perSecond: milliseconds.length / taken, milliseconds }
  } finally {
    await pool.destroy()
  }
}
