import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { eventually } from './engine.ts'
import { openFolder, order, post } from './line.ts'
import { openReceiver } from './receiver.ts'
import { kill, start } from './start.ts'

const headers = { authorization: 'Bearer local', 'content-type': 'application/json' }

test('every job is told of under one id although the line is killed twice', async t => {
  const folder = openFolder(t)
  const { url, received } = await openReceiver(t)
  let line = await start(t, folder)
  const body = JSON.stringify({ url, events: ['job.finished'] })
  const added = await fetch(`${line.url('Forms')}/api/webhooks`, { method: 'POST', headers, body })
  const { secret } = (await added.json()) as { secret: string }
  const numbers = Array.from({ length: 40 }, (_, n) => `通知-${n + 1}`)
  const posted = await Promise.all(
    numbers.map(number => post(line.url('Forms'), order({ number })))
  )
  const tokens = new Set(posted.map(({ body }) => body.token))
  assert.equal(tokens.size, 40)

  /** The ids under which each job was told of. */
  const told = () => {
    const ids = new Map<string, Set<string>>()
    for (const one of received) {
      const { token } = JSON.parse(one.body).data
      ids.set(token, (ids.get(token) ?? new Set()).add(String(one.headers['webhook-id'])))
    }
    return ids
  }
  for (const least of [5, 20]) {
    await eventually(() => told().size >= least, 120)
    await kill(line)
    line = await start(t, folder)
  }
  await eventually(() => told().size === 40, 200)
  assert.deepEqual(new Set(told().keys()), tokens)
  assert.deepEqual(new Set([...told().values()].map(({ size }) => size)), new Set([1]))
  for (const one of received) new Webhook(secret).verify(one.body, one.headers)
  t.diagnostic(`deliveries that came again: ${received.length - 40}`)
  await kill(line)
})
