import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rules } from './rules.ts'

test('every rule has a test with a planted mistake', () => {
  const files = globSync('rules/*.test.ts', { cwd: import.meta.dirname, withFileTypes: true })
  const texts = files.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'utf8'))
  const isTested = (name: string) => texts.some(text => new RegExp(`[' ]${name}['\`]`).test(text))
  const untested = rules.filter(({ name }) => !isTested(name))
  assert.deepEqual(
    untested.map(({ name }) => name),
    []
  )
})

test('every rule has a name in small letters and a line for the list', () => {
  for (const { name, checks } of rules) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/)
    assert.doesNotMatch(checks, /\.$/, name)
  }
})
