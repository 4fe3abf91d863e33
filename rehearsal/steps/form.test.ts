import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paddedMessage } from './big.ts'
import { flat, hiddenFields } from './form.ts'

test('the hidden fields of a form are found, and only those', () => {
  const form = '<input type="hidden" name="a" value="1"><input name="b" type="text" value="2">'
  assert.deepEqual(hiddenFields(form), { a: '1' })
})

test('an order is flattened to the fields of its form', () => {
  const order = { number: '1', lines: [{ unit: '袋', unitPrice: 3 }] }
  const fields = { number: '1', 'lines.0.unit': '袋', 'lines.0.unitPrice': '3' }
  assert.deepEqual(flat(order), fields)
})

test('a padded message has exactly the size that SQS takes, and names its job', () => {
  const message = paddedMessage(4711)
  assert.equal(Buffer.byteLength(message), 1_048_576)
  assert.equal(JSON.parse(message).job, 4711)
})
