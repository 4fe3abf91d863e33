import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTraceparent, read, write } from './traceparent.ts'

const trace = '0af7651916cd43dd8448eb211c80319c'
const span = 'b7ad6b7169203331'
const right = `00-${trace}-${span}-01`

test('a traceparent is read and written as W3C has it', () => {
  assert.ok(isTraceparent(right))
  assert.deepEqual(read(right), { traceId: trace, spanId: span, traceFlags: 1, isRemote: true })
  assert.equal(write(read(right)), right)
  assert.equal(read(`00-${trace}-${span}-00`).traceFlags, 0)
})

test('one of a later version may have more, and one of this may not', () => {
  assert.ok(isTraceparent(`01-${trace}-${span}-01-more`))
  assert.ok(!isTraceparent(`${right}-more`))
})

test('what is no traceparent is none', () => {
  for (const text of [
    ...['', 'x', '00', `ff-${trace}-${span}-01`, `00-${trace}-${span}`, `00-${trace}-${span}-1`],
    ...[`00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`, ` ${right}`],
    ...[right.toUpperCase(), `${right}\n`, `01-${trace}-${span}-01-${'x'.repeat(500)}`]
  ])
    assert.ok(!isTraceparent(text), text)
})
