import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from './near.ts'

const words = ['MinSize', 'MaxSize', 'Cooldown', 'Timeout']

test('a word with up to two wrong letters is recognised', () => {
  assert.equal(nearest('Colldown', words), 'Cooldown')
  assert.equal(nearest('TimeOut', words), 'Timeout')
  assert.equal(nearest('MinSizes', words), 'MinSize')
})

test('a word that is too far from all, or too short to tell, is not', () => {
  assert.equal(nearest('Capacity', words), undefined)
  assert.equal(nearest('Tim', ['Tam', 'Pom']), 'Tam')
  assert.equal(nearest('xy', ['xz']), undefined)
})
