import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { freeAddresses } from './address.ts'

const skip = existsSync('/proc/self/cwd') ? false : 'needs Linux'

test('an address on which somebody listens is left out', { skip }, async t => {
  const [first = '', second = ''] = await freeAddresses(2, 8000)
  const server = createServer().listen(8000, first)
  t.after(() => server.close())
  await once(server, 'listening')
  const [other] = await freeAddresses(1, 8000)
  assert.notEqual(other, first)
  assert.match(second, /^127\.0\.0\.\d+$/)
})
