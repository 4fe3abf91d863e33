import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mistakes } from './mistake.ts'

test('each mistake is about what stands in the engine, once', () => {
  for (const { what, file, right } of mistakes) {
    const source = readFileSync(join(import.meta.dirname, '../../src/queue', file), 'utf8')
    assert.equal(source.split(right).length - 1, 1, `${what}: say anew what stands in ${file}`)
  }
})
