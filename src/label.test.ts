import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invoice } from './jobs/invoice/job.ts'
import { labelOf, placeOf } from './label.ts'

test('a field is called as its schema says, with its row and its part of the form', () => {
  assert.equal(labelOf(invoice.schema, 'lines.1.quantity', 'ja'), '数量')
  assert.equal(placeOf(invoice.schema, 'lines.1.quantity', 'ja'), '2行目 数量')
  assert.equal(placeOf(invoice.schema, 'lines.11.quantity', 'en'), 'Line 12, quantity')
  assert.equal(placeOf(invoice.schema, 'issuer.name', 'en'), 'From, name')
  assert.equal(placeOf(invoice.schema, 'lines', 'ja'), '明細')
  assert.equal(placeOf(invoice.schema, 'bogus', 'ja'), '')
})

test('every field of the invoice has a label in both languages', () => {
  const paths = (schema: object, path: string): string[] => {
    const { properties, items } = schema as { properties?: Record<string, object>; items?: object }
    if (items) return paths(items, `${path}.0`)
    if (!properties) return [path]
    return Object.entries(properties).flatMap(([name, part]) =>
      paths(part, path ? `${path}.${name}` : name)
    )
  }
  for (const path of paths(invoice.schema, '')) {
    assert.notEqual(labelOf(invoice.schema, path, 'ja'), path)
    assert.notEqual(labelOf(invoice.schema, path, 'en'), path)
  }
})
